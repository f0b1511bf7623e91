using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace McpScript.Sources;

/// <summary>What an assembly's metadata says, read without loading it.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Needs">The assemblies that it refers to.</param>
/// <param name="NativeNames">The native libraries that it imports from, as they are written.</param>
/// <param name="OffersPlugin">
/// True if a type in it that is no mere base class implements <see cref="IPlugin"/> or carries one of the SDK's type attributes itself;
/// <see cref="OfferingTypes"/> knows of inheritance.
/// </param>
sealed record AssemblyFacts(string Name, ImmutableArray<AssemblyName> Needs, ImmutableArray<string> NativeNames, bool OffersPlugin)
{
    static readonly string[] Marks =
        ["ModelContextProtocol.Server.McpServerToolTypeAttribute", "ModelContextProtocol.Server.McpServerPromptTypeAttribute", "ModelContextProtocol.Server.McpServerResourceTypeAttribute"];

    /// <summary>The facts of an assembly's bytes.</summary>
    /// <exception cref="BadImageFormatException">They are none.</exception>
    public static AssemblyFacts Of(PEReader image)
    {
        if (!image.HasMetadata)
            throw new BadImageFormatException("there is no .NET metadata in it; perhaps it is a native library");
        var metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
            throw new BadImageFormatException("it is a module, not an assembly");
        return new(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())],
            [.. ModuleNames(metadata)],
            metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Any(type => CanOffer(type) && OffersPluginIn(metadata, type)));
    }

    /// <summary>False for an abstract class: what it is marked for is offered by those that derive from it. A static one is abstract and sealed.</summary>
    public static bool CanOffer(TypeDefinition type) => (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) != TypeAttributes.Abstract;

    static IEnumerable<string> ModuleNames(MetadataReader metadata)
    {
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.ModuleRef); row++)
            yield return metadata.GetString(metadata.GetModuleReference(MetadataTokens.ModuleReferenceHandle(row)).Name);
    }

    /// <summary>True if a class implements <see cref="IPlugin"/> or carries one of the SDK's type attributes, not counting its base classes.</summary>
    public static bool OffersPluginIn(MetadataReader metadata, TypeDefinition type) =>
        type.GetInterfaceImplementations().Any(handle => NameOf(metadata, metadata.GetInterfaceImplementation(handle).Interface) == typeof(IPlugin).FullName)
        || type.GetCustomAttributes().Any(handle => AttributeName(metadata, metadata.GetCustomAttribute(handle)) is { } name && Marks.Contains(name));

    static string? AttributeName(MetadataReader metadata, CustomAttribute attribute) => attribute.Constructor.Kind == HandleKind.MemberReference
        ? NameOf(metadata, metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent)
        : null;

    static string? NameOf(MetadataReader metadata, EntityHandle handle) => handle.Kind == HandleKind.TypeReference
        && metadata.GetTypeReference((TypeReferenceHandle)handle) is var type ? $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}" : null;
}
