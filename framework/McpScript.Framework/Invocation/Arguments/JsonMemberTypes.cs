using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace McpScript.Invocation.Arguments;

/// <summary>Finds the .NET types for parts of JSON values, as serializer options map them.</summary>
sealed class JsonMemberTypes(JsonSerializerOptions options)
{
    /// <summary>Returns the required form of a type's values; null if there is none, or a converter of the plugin reads them.</summary>
    public ValueForm? FormOf(Type type) => TypeForms.Of(type) is { } form && IsReadByDotNet(type) ? form : null;

    /// <summary>Returns the type of an object's member, by its JSON name; null if there is none.</summary>
    public Type? MemberOf(Type type, string name)
    {
        if (InfoOf(type) is not { } info)
            return null;
        if (info.Kind == JsonTypeInfoKind.Dictionary)
            return info.ElementType;
        var comparison = options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.FirstOrDefault(property => string.Equals(property.Name, name, comparison) && property.CustomConverter is null)?.PropertyType
            : null;
    }

    /// <summary>Returns the type of a list's items, or of a dictionary's values; null for other types.</summary>
    public Type? ItemOf(Type type) =>
        InfoOf(type) is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary } info ? info.ElementType : null;

    /// <summary>Returns true for dictionaries: types that are read from an object with any members.</summary>
    public bool IsDictionary(Type type) => InfoOf(type)?.Kind == JsonTypeInfoKind.Dictionary;

    /// <summary>Returns true for types that are read from an object with defined members.</summary>
    public bool IsObject(Type type) => InfoOf(type)?.Kind == JsonTypeInfoKind.Object;

    bool IsReadByDotNet(Type type) => InfoOf(type) is { } info && info.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    JsonTypeInfo? InfoOf(Type type)
    {
        try
        {
            return options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // A type that cannot be read at all; the call reports it.
            return null;
        }
    }
}
