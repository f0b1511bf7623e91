using System.Reflection;
using System.Text.Json;
using McpScript.Loading.Answers;
using McpScript.Model;
using Microsoft.Extensions.AI;

namespace McpScript.Loading.Primitives;

/// <summary>
/// Creates a management command from any delegate, and binds its parameters: arguments by name, services, the proxy, all arguments unparsed, a cancellation
/// token.
/// </summary>
static class CommandFunction
{
    /// <summary>True for parameter types that the host fills besides arguments and services.</summary>
    public static bool IsGiven(Type type) =>
        type == typeof(ProxySnapshot) || type.IsAssignableFrom(typeof(IReadOnlyDictionary<string, JsonElement>)) && type != typeof(object);

    /// <summary>Creates the command.</summary>
    public static PluginCommand Of(string name, string description, Delegate handler, IServiceProvider services, JsonSerializerOptions json)
    {
        var function = AIFunctionFactory.Create(handler.Method, handler.Target, new()
        {
            Name = name, SerializerOptions = json, ExcludeResultSchema = true,
            ConfigureParameterBinding = parameter => IsGiven(parameter.ParameterType) ? Given(parameter) : HandlerFunction.Binding(parameter, services),
            MarshalResult = (result, _, cancellationToken) => AsyncSequence.CollectAsync(result, cancellationToken),
        });
        return new(name, description, async (call, cancellationToken) =>
        {
            var arguments = new AIFunctionArguments { Services = call.Services, Context = new Dictionary<object, object?> { [typeof(CommandCall)] = call } };
            foreach (var (key, value) in call.Arguments)
                arguments[key] = value;
            return CommandText.Of(await function.InvokeAsync(arguments, cancellationToken), json);
        })
        {
            Metadata = [new ToolBinding(handler.Method, json)],
            // A handler that receives all arguments accepts any name, so it has no schema.
            InputSchema = handler.Method.GetParameters().Any(parameter => parameter.ParameterType != typeof(ProxySnapshot) && IsGiven(parameter.ParameterType))
                ? null
                : function.JsonSchema,
        };
    }

    static AIFunctionFactoryOptions.ParameterBindingOptions Given(ParameterInfo parameter) => new()
    {
        ExcludeFromSchema = true,
        BindParameter = (one, arguments) =>
        {
            var call = (CommandCall)arguments.Context![typeof(CommandCall)]!;
            return one.ParameterType == typeof(ProxySnapshot) ? call.Proxy : call.Arguments;
        },
    };
}
