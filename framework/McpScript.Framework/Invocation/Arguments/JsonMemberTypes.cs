using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace McpScript.Invocation.Arguments;

/// <summary>The .NET types behind JSON values, as one set of serializer options reads them.</summary>
sealed class JsonMemberTypes(JsonSerializerOptions options)
{
    /// <summary>The form that values of a type must have; null if the type has none, or a converter of the plugin's own reads it.</summary>
    public ValueForm? FormOf(Type type) => TypeForms.Of(type) is { } form && IsReadByDotNet(type) ? form : null;

    /// <summary>The type of a member of an object, by its JSON name; null if there is none.</summary>
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

    /// <summary>The type of the items of a list, or of the values of a dictionary; null if it is neither.</summary>
    public Type? ItemOf(Type type) => InfoOf(type) is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary } info ? info.ElementType : null;

    /// <summary>True if a type is read from an object with any members.</summary>
    public bool IsDictionary(Type type) => InfoOf(type)?.Kind == JsonTypeInfoKind.Dictionary;

    /// <summary>True if a type is read from an object with members of its own.</summary>
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
            // A type that cannot be read at all; the call will say so.
            return null;
        }
    }
}
