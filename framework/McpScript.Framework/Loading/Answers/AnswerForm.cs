using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Loading.Answers;

/// <summary>Converts a handler's result into one that matches the tool's output schema, or throws with the reason why it does not.</summary>
/// <param name="tool">The tool's name.</param>
/// <param name="schema">The output schema as listed; null for a tool without one.</param>
/// <param name="isWrapped">True if the schema is an object whose only member is <c>result</c>, which is so when the result may be null.</param>
/// <param name="declared">The declared type of results.</param>
/// <param name="json">The options that results are written with.</param>
sealed class AnswerForm(string tool, JsonElement? schema, bool isWrapped, Type declared, JsonSerializerOptions json)
{
    static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    readonly AnswerShape? _shape = schema is { } listed ? AnswerShape.Of(listed) : null;

    /// <summary>Converts a result to one of the types that the SDK accepts from a handler.</summary>
    /// <exception cref="McpException">The result does not match the schema.</exception>
    public async ValueTask<object?> OfAsync(object? result, CancellationToken cancellationToken)
    {
        result = await AsyncSequence.CollectAsync(result, cancellationToken);
        if (_shape is null)
            return result;
        return result switch
        {
            CallToolResult { IsError: not true, StructuredContent: null } => throw new McpException(
                $"the tool lists an output schema, but its result has no structured content. "
                    + $"Its author should set StructuredContent of the CallToolResult of '{tool}'."),
            CallToolResult complete => complete,
            AIContent or ContentBlock or IEnumerable<AIContent> or IEnumerable<ContentBlock> when !isWrapped => result,
            string text when !isWrapped => text,
            _ => Structured(result),
        };
    }

    object? Structured(object? result)
    {
        var value = Written(result);
        if (!isWrapped)
            return value.ValueKind == JsonValueKind.Null ? throw Nothing() : value;
        return new CallToolResult { Content = Content(result, value), StructuredContent = Wrap(value) };
    }

    static List<ContentBlock> Content(object? result, JsonElement value) => result switch
    {
        AIContent content => [content.ToContentBlock()],
        ContentBlock block => [block],
        IEnumerable<AIContent> contents => [.. contents.Select(content => content.ToContentBlock())],
        IEnumerable<ContentBlock> blocks => [.. blocks],
        string text => [new TextContentBlock { Text = text }],
        _ => [new TextContentBlock { Text = value.GetRawText() }],
    };

    static JsonElement Wrap(JsonElement value) => JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["result"] = value }, Wrapping);

    static readonly JsonTypeInfo<Dictionary<string, JsonElement>> Wrapping =
        (JsonTypeInfo<Dictionary<string, JsonElement>>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Dictionary<string, JsonElement>));

    JsonElement Written(object? result)
    {
        if (result is null or JsonElement { ValueKind: JsonValueKind.Undefined })
            return Null;
        var contract = json.GetTypeInfo(declared);
        // A polymorphic type ($type) is serialized by its declared type; any other by its runtime type, as the SDK does, unless that breaks the schema.
        var byDeclared = contract.PolymorphismOptions is not null;
        var value = JsonSerializer.SerializeToElement(result, byDeclared ? contract : json.GetTypeInfo(typeof(object)));
        var isOther = !byDeclared && contract.Kind == JsonTypeInfoKind.Object && result.GetType() != declared && declared.IsInstanceOfType(result);
        if (Problem(value, isOther) is not { } problem)
            return value;
        if (isOther && JsonSerializer.SerializeToElement(result, contract) is var plain && Problem(plain, always: true) is null)
            return plain;
        throw new McpException($"{problem}. The author of '{tool}' should declare what may be null as nullable (such as string?), or not return such a value.");
    }

    string? Problem(JsonElement value, bool always)
    {
        if (!always && !_shape!.HasValues && JsonMarshal.GetRawUtf8Value(value).IndexOf("null"u8) < 0)
            return null;
        if (value.ValueKind == JsonValueKind.Null)
            return null;    // The result as a whole: the caller reports it.
        return isWrapped ? _shape!.Problem(Wrap(value))?.Replace("'result.", "'", StringComparison.Ordinal) : _shape!.Problem(value);
    }

    McpException Nothing() => new(
        "there is no result (null), and the tool's output schema does not allow that. "
        + $"If null is a valid result, the author of '{tool}' should declare it: {TypeName.Of(declared)}? as the return type.");
}
