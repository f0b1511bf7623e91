using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

using McpScript.Model;

namespace McpScript.Loading.Primitives;

/// <summary>Values that a parameter's declaration allows: those of an enum, of a bool, of <c>[AllowedValues]</c>.</summary>
static class AllowedValues
{
    /// <summary>Creates a completion for each parameter of a handler that has such values.</summary>
    public static IEnumerable<KeyValuePair<(string Target, string Argument), ArgumentCompletion>> CompletionsOf(string target, MethodInfo handler) =>
        from parameter in handler.GetParameters()
        let values = Of(parameter)
        where parameter.Name is not null && values.Length > 0
        select KeyValuePair.Create(
            (target, parameter.Name), (ArgumentCompletion)((request, _) => Task.FromResult(StartingWith(values, request.Argument.Value))));

    static ImmutableArray<string> Of(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
            return [.. allowed.Values.Select(value => value?.ToString()).OfType<string>()];
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsEnum ? [.. Enum.GetNames(type)] : type == typeof(bool) ? ["true", "false"] : [];
    }

    static IEnumerable<string> StartingWith(ImmutableArray<string> values, string typed) =>
        values.Where(value => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
}
