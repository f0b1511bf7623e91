using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpScript.Loading.Answers;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Loading.Primitives;

/// <summary>Distinguishes types that System.Text.Json can deserialize from arguments from types that can only be services.</summary>
/// <param name="json">The options that arguments are deserialized with.</param>
/// <param name="services">The plugin's services: a class that needs one of them in its constructor is not an argument.</param>
/// <remarks>Decides by the serializer's own contract, so that converters, source generation and attributes count. Creates no object of a plugin's
/// type.</remarks>
sealed class JsonArguments(JsonSerializerOptions json, IServiceProvider services)
{
    static readonly Type[] Never = [typeof(Type), typeof(nint), typeof(nuint)];

    /// <summary>The reason why arguments cannot fill a type, as the end of a sentence; null if they can.</summary>
    public string? WhyNot(Type type) => WhyNot(type, []);

    string? WhyNot(Type type, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!seen.Add(type))
            return null;
        if (type.IsByRef || type.IsPointer || type.IsByRefLike || Never.Contains(type)
            || type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(MemberInfo)))
            return "JSON has no values of such a type";
        if (ForeignJson.IsNewtonsoft(type) && !HasConverter(type))
            return "it belongs to Newtonsoft.Json, which System.Text.Json does not read; take JsonElement or JsonNode instead";
        JsonTypeInfo contract;
        try
        {
            contract = json.GetTypeInfo(type);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            // The SDK reports options without a resolver; any other exception is the serializer's reason for rejecting the type.
            return json.TypeInfoResolver is null ? null : e.Message.TrimEnd('.');
        }
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object => WhyNotObject(contract, seen),
            JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => WhyNotCollection(contract, seen),
            _ => null,
        };
    }

    string? WhyNotObject(JsonTypeInfo contract, HashSet<Type> seen)
    {
        var type = contract.Type;
        if (contract.PolymorphismOptions is { DerivedTypes.Count: > 0 } kinds)
            return kinds.DerivedTypes.Any(kind => kind.DerivedType == type || WhyNot(kind.DerivedType, seen) is null)
                ? null
                : "none of its derived types can be made from JSON";
        if (type.IsInterface || type.IsAbstract)
            return type.IsInterface ? "an interface does not say which class to create" : "an abstract class cannot be created";
        if (type.IsAssignableTo(typeof(IDisposable)) || type.IsAssignableTo(typeof(IAsyncDisposable)))
            return "it is disposable, and nothing would dispose what arguments make";
        if (contract.CreateObject is null && contract.ConstructorAttributeProvider is null)
            return "it has no constructor that System.Text.Json could choose (public without parameters, a single public one, or one with [JsonConstructor])";
        if (contract.ConstructorAttributeProvider is ConstructorInfo constructor && constructor.GetParameters().Length > 0 && contract.CreateObject is null
            && Unfillable(contract, constructor, seen) is { } why)
            return why;
        return contract.Properties.Any(CanBeSet) ? null : "it has no member that could be set";
    }

    string? Unfillable(JsonTypeInfo contract, ConstructorInfo constructor, HashSet<Type> seen)
    {
        foreach (var parameter in constructor.GetParameters())
        {
            if (contract.Properties.All(property => property.AssociatedParameter?.Position != parameter.Position))
                return $"its constructor needs {TypeName.Of(parameter.ParameterType)} {parameter.Name}, but the type has no property of that name and type";
            if (services.GetService<IServiceProviderIsService>()?.IsService(parameter.ParameterType) is true)
                return $"its constructor needs the service {TypeName.Of(parameter.ParameterType)}";
            if (!parameter.HasDefaultValue && WhyNot(parameter.ParameterType, seen) is not null)
                return $"its constructor needs {TypeName.Of(parameter.ParameterType)} {parameter.Name}, which JSON cannot fill";
        }
        return null;
    }

    static bool CanBeSet(JsonPropertyInfo property) =>
        property.Set is not null || property.AssociatedParameter is not null || property.IsExtensionData
            || property.ObjectCreationHandling == JsonObjectCreationHandling.Populate
            || property.Options.PreferredObjectCreationHandling == JsonObjectCreationHandling.Populate;

    string? WhyNotCollection(JsonTypeInfo contract, HashSet<Type> seen)
    {
        var type = contract.Type;
        if (!type.IsArray && contract.CreateObject is null && !IsReadAnyway(contract))
            return "it is a collection that System.Text.Json cannot make";
        return contract.ElementType is { } element && element != typeof(object) && WhyNot(element, seen) is { } why
            ? $"of {TypeName.Of(element)}, {why}"
            : null;
    }

    // Converters create interfaces and immutable collections without a constructor; reading an empty one shows whether they do. Only for .NET's own types,
    // so that no plugin code runs.
    static bool IsReadAnyway(JsonTypeInfo contract)
    {
        if (contract.Type.Assembly.IsCollectible && contract.Type is { IsGenericType: false })
            return false;
        if (contract.Type.Namespace?.StartsWith("System.", StringComparison.Ordinal) is not true)
            return false;
        try
        {
            return JsonSerializer.Deserialize(contract.Kind == JsonTypeInfoKind.Dictionary ? "{}" : "[]", contract) is not null;
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    bool HasConverter(Type type) => type.IsDefined(typeof(JsonConverterAttribute)) || json.Converters.Any(converter => converter.CanConvert(type));
}
