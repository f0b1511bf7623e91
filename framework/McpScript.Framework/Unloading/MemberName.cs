using System.Reflection.Metadata;

namespace McpScript.Unloading;

/// <summary>A member of another assembly, as IL names it.</summary>
/// <param name="Type">The full name of the type.</param>
/// <param name="Name">The member's name.</param>
/// <param name="IsStatic">True for a static member.</param>
/// <param name="IsGeneric">True for a generic method.</param>
readonly record struct MemberName(string Type, string Name, bool IsStatic, bool IsGeneric)
{
    /// <summary>Returns true if the member is of this type and its name has this beginning.</summary>
    public bool Is(string type, string beginning) => Type == type && Name.StartsWith(beginning, StringComparison.Ordinal);

    /// <summary>Returns the member of a token; null if the token is not a member of another assembly's type, or the type is generic.</summary>
    public static MemberName? Of(MetadataReader metadata, EntityHandle token)
    {
        if (token.Kind == HandleKind.MethodSpecification)
            token = metadata.GetMethodSpecification((MethodSpecificationHandle)token).Method;
        if (token.Kind != HandleKind.MemberReference
            || metadata.GetMemberReference((MemberReferenceHandle)token) is not { Parent.Kind: HandleKind.TypeReference } member)
            return null;
        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        var signature = metadata.GetBlobReader(member.Signature).ReadSignatureHeader();
        var fullName = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
        return new(fullName, metadata.GetString(member.Name), !signature.IsInstance, signature.IsGeneric);
    }
}
