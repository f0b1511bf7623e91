using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace McpScript.Sources;

/// <summary>Formats types as documentation files do: <c>System.Collections.Generic.List{System.String}</c>.</summary>
sealed class DocumentationIds : ISignatureTypeProvider<string, object?>
{
    /// <summary>The only instance; it has no state.</summary>
    public static DocumentationIds Instance { get; } = new();

    /// <summary>The id of a method, such as <c>M:Tools.Echo(System.String)</c>.</summary>
    public static string Of(MetadataReader metadata, MethodDefinition method)
    {
        var signature = method.DecodeSignature(Instance, null);
        var generic = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : "";
        var parameters = signature.ParameterTypes.IsEmpty ? "" : $"({string.Join(',', signature.ParameterTypes)})";
        return $"M:{NameOf(metadata, method.GetDeclaringType(), '.')}.{metadata.GetString(method.Name)}{generic}{parameters}";
    }

    /// <summary>The full name of a type, with a separator after each outer type.</summary>
    public static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle, char nested)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{NameOf(metadata, outer, nested)}{nested}{name}"
            : Qualified(metadata.GetString(type.Namespace), name);
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(reader, handle, '.');

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind)}.{name}"
            : Qualified(reader.GetString(type.Namespace), name);
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType.Split('`')[0]}{{{string.Join(',', typeArguments)}}}";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{string.Join(',', Enumerable.Repeat("0:", shape.Rank))}]";

    public string GetByReferenceType(string elementType) => elementType + "@";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"``{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"`{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "";

    static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
