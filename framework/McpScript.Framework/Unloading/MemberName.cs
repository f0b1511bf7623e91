using System.Reflection.Metadata;

namespace McpScript.Unloading;

/// <summary>A member of another assembly, as code names it.</summary>
/// <param name="Type">The full name of the type.</param>
/// <param name="Name">The member's name.</param>
/// <param name="IsStatic">True for a static member.</param>
/// <param name="IsGeneric">True for a generic method.</param>
readonly record struct MemberName(string Type, string Name, bool IsStatic, bool IsGeneric)
{
    /// <summary>True if it is a member of that type whose name begins so.</summary>
    public bool Is(string type, string beginning) => Type == type && Name.StartsWith(beginning, StringComparison.Ordinal);

    /// <summary>What a token in code means; null if it is no member of another assembly's type, or of a generic one.</summary>
    public static MemberName? Of(MetadataReader metadata, EntityHandle token)
    {
        if (token.Kind == HandleKind.MethodSpecification)
            token = metadata.GetMethodSpecification((MethodSpecificationHandle)token).Method;
        if (token.Kind != HandleKind.MemberReference || metadata.GetMemberReference((MemberReferenceHandle)token) is not { Parent.Kind: HandleKind.TypeReference } member)
            return null;
        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        var signature = metadata.GetBlobReader(member.Signature).ReadSignatureHeader();
        return new($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}", metadata.GetString(member.Name), !signature.IsInstance, signature.IsGeneric);
    }
}
