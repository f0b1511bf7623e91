namespace McpScript.Testing;

/// <summary>Tool arguments from an anonymous object.</summary>
static class Arguments
{
    /// <summary>Returns the properties of an object by name; null for null.</summary>
    public static IReadOnlyDictionary<string, object?>? Of(object? arguments) =>
        arguments as IReadOnlyDictionary<string, object?>
        ?? arguments?.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments));
}
