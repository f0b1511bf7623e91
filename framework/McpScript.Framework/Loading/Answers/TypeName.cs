namespace McpScript.Loading.Answers;

/// <summary>Type names in C# syntax.</summary>
static class TypeName
{
    static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(object)] = "object", [typeof(byte)] = "byte", [typeof(float)] = "float", [typeof(char)] = "char",
    };

    /// <summary>The name of a type without its namespace.</summary>
    public static string Of(Type type) => type switch
    {
        _ when Keywords.TryGetValue(type, out var keyword) => keyword,
        { IsArray: true } => $"{Of(type.GetElementType()!)}[]",
        _ when Nullable.GetUnderlyingType(type) is { } underlying => $"{Of(underlying)}?",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>",
        _ => type.Name,
    };
}
