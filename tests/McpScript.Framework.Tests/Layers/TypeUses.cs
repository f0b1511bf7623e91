using Mono.Cecil;
using Mono.Cecil.Cil;

namespace McpScript.Framework.Tests.Layers;

/// <summary>Types that the declaration or the code of a type refers to.</summary>
static class TypeUses
{
    /// <summary>Every type that a type and its nested types refer to, generic arguments and element types taken apart.</summary>
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => Raw(type).OfType<TypeReference>().SelectMany(Parts);

    static IEnumerable<TypeReference?> Raw(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.Select(property => property.PropertyType),
        .. Attributes(type),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Methods.SelectMany(Signature),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => Body(method.Body)),
        .. type.NestedTypes.SelectMany(Raw),
    ];

    static IEnumerable<TypeReference?> Signature(MethodDefinition method) =>
        [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType), .. Attributes(method)];

    static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes.Select(attribute => attribute.AttributeType);

    static IEnumerable<TypeReference?> Body(MethodBody body) =>
        [.. body.Variables.Select(variable => variable.VariableType), .. body.Instructions.SelectMany(Operand)];

    static IEnumerable<TypeReference?> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
