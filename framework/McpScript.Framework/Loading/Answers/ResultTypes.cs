using System.Data;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace McpScript.Loading.Answers;

/// <summary>Finds result types that System.Text.Json cannot serialize, or serializes with a loss of data.</summary>
/// <param name="json">The options that results are serialized with.</param>
sealed class ResultTypes(JsonSerializerOptions json)
{
    /// <summary>The reason why a type can never be a result, with the fix; null if it can.</summary>
    public string? WhyNever(Type type)
    {
        if (HasConverter(type))
            return null;
        if (FSharpTypes.IsAsync(type))
            return "an F# Async, which would never be started. Return a task: task { … }, or … |> Async.StartAsTask.";
        if (ForeignJson.IsNewtonsoft(type))
            return $"Newtonsoft.Json's {type.Name}, of which System.Text.Json writes only empty brackets. "
                + "Return JsonNode.Parse(token.ToString()), or a record.";
        if (ReturnShape.IsTask(type) || type == typeof(Task) || type == typeof(ValueTask))
            return "a task within a task. Await the inner one.";
        if (type.IsAssignableTo(typeof(Stream)) || type.IsAssignableTo(typeof(TextReader)))
            return $"{TypeName.Of(type)}, which is not data. Return its text, or its bytes in a content block (such as EmbeddedResourceBlock).";
        if (type.IsAssignableTo(typeof(DataTable)) || type.IsAssignableTo(typeof(DataSet)) || type.IsAssignableTo(typeof(DataRow))
            || type.IsAssignableTo(typeof(IDataReader)))
            return $"{TypeName.Of(type)}, which System.Text.Json cannot write. Return its rows as records or dictionaries.";
        if (type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(MemberInfo)) || type == typeof(nint) || type == typeof(nuint)
            || type.IsPointer || type.IsByRefLike)
            return $"{TypeName.Of(type)}, which JSON has no values of. Return what it stands for, as text or a record.";
        if (type == typeof(string) || ElementOf(type) is not { } element || element == type)
            return null;
        return WhyNever(element) is { } why ? $"a sequence of {why}" : null;
    }

    /// <summary>A clause that describes the data that results of a type lose in JSON; null if nothing is lost.</summary>
    /// <param name="type">The declared type of results.</param>
    /// <param name="attributes">The declaration of the type's use, which may carry names of tuple elements.</param>
    public string? Loss(Type type, ICustomAttributeProvider attributes) =>
        TupleNames(attributes) is { } names
            ? $"its tuple is written with the members item1, item2, …; the names {names} exist only in C#. Return a record to keep them"
            : Loss(type, "", []);

    /// <summary>The names of a tuple's elements, separated by commas; null if there are none.</summary>
    public static string? TupleNames(ICustomAttributeProvider attributes) =>
        attributes.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false) is [TupleElementNamesAttribute { TransformNames: var names }, ..]
        && string.Join(", ", names.Where(name => name is not null)) is { Length: > 0 } listed ? listed : null;

    string? Loss(Type type, string path, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object) || type == typeof(void) || !seen.Add(type))
            return null;
        if (path.Length > 0 && WhyNever(type) is { } never)
            return $"'{path}' is {never.TrimEnd('.')}";
        if (Contract(type) is not { } contract)
            return null;
        if (contract is { ElementType: { } element, Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary })
            return Loss(element, path, seen);
        if (contract.Kind != JsonTypeInfoKind.Object)
            return null;
        if (contract.PolymorphismOptions is { DerivedTypes.Count: > 0 })
            return null;
        if (contract.Properties.All(property => property.Get is null) && !type.IsInterface && !type.IsAbstract)
            return $"{(path.Length == 0 ? "it" : $"'{path}'")} is of type {TypeName.Of(type)}, which has no public property or field: its JSON is always {{}}";
        return contract.Properties.Where(property => property.Get is not null)
            .Select(property => Loss(property.PropertyType, path.Length == 0 ? property.Name : $"{path}.{property.Name}", seen))
            .FirstOrDefault(loss => loss is not null);
    }

    Type? ElementOf(Type type) => AsyncSequence.ElementOf(type) ?? Contract(type) switch
    {
        { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType: { } element } => element,
        _ => null,
    };

    bool HasConverter(Type type) =>
        type.IsDefined(typeof(JsonConverterAttribute), inherit: false) || json.Converters.Any(converter => converter.CanConvert(type));

    JsonTypeInfo? Contract(Type type)
    {
        if (type.IsByRefLike || type.IsPointer || type == typeof(void) || type.ContainsGenericParameters)
            return null;
        try
        {
            return json.GetTypeInfo(type);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // The serializer rejects the type: the SDK reports that when it creates the schema, or the call does.
            return null;
        }
    }
}
