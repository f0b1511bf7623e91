using System.Reflection;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>A prompt whose arguments, which are strings in MCP, are converted to the types of its parameters.</summary>
/// <param name="prompt">The SDK's prompt, which binds JSON values.</param>
/// <param name="method">The handler.</param>
/// <param name="services">Decides which parameters are services.</param>
/// <param name="json">The options that arguments are read with.</param>
sealed class TextPrompt(McpServerPrompt prompt, MethodInfo method, IServiceProvider services, JsonSerializerOptions json) : DelegatingMcpServerPrompt(prompt)
{
    readonly ParameterInfo[] _parameters = [.. method.GetParameters().Where(parameter => HandlerParameters.IsArgument(parameter, services))];

    /// <inheritdoc/>
    public override ValueTask<GetPromptResult> GetAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken = default)
    {
        if (_parameters.Length > 0 && request.Params is { } parameters)
            parameters.Arguments = Converted(parameters.Arguments);
        return base.GetAsync(request, cancellationToken);
    }

    Dictionary<string, JsonElement> Converted(IDictionary<string, JsonElement>? arguments)
    {
        var converted = arguments is null ? new(StringComparer.Ordinal) : new Dictionary<string, JsonElement>(arguments, StringComparer.Ordinal);
        foreach (var parameter in _parameters)
            Convert(parameter, converted);
        return converted;
    }

    void Convert(ParameterInfo parameter, Dictionary<string, JsonElement> arguments)
    {
        var name = parameter.Name ?? "";
        var text = new TextArgument(parameter.ParameterType, json);
        // Forms send an empty text for a field that the user left empty.
        if (!arguments.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null
            || !parameter.ParameterType.Equals(typeof(string)) && IsEmpty(value) && IsOptional(parameter))
        {
            arguments.Remove(name);
            if (!IsOptional(parameter))
                throw Problem($"argument '{name}' is missing; it should be {text.Expected}.");
            if (!parameter.HasDefaultValue)
                arguments[name] = JsonSerializer.SerializeToElement<object?>(null);
            return;
        }
        arguments[name] = text.TryConvert(value, out var fitting)
            ? fitting
            : throw Problem($"argument '{name}' should be {text.Expected}, "
                + $"but {(value.ValueKind == JsonValueKind.String ? "the text " : "")}{Short(value.GetRawText())} came.");
    }

    static bool IsOptional(ParameterInfo parameter) => parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || !parameter.ParameterType.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    McpProtocolException Problem(string what) => new($"Prompt '{ProtocolPrompt.Name}': {what}", McpErrorCode.InvalidParams);

    static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0;

    static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
