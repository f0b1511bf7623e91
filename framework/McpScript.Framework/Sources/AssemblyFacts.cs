using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace McpScript.Sources;

/// <summary>Facts from an assembly's metadata, read without loading it.</summary>
/// <param name="Name">Simple name of the assembly.</param>
/// <param name="Needs">The assemblies that it references.</param>
/// <param name="NativeNames">The native libraries that it imports from, as its code names them.</param>
/// <param name="ContainsPlugin">
/// True if a type that is not abstract implements <see cref="IPlugin"/> or has one of the SDK's type attributes itself; <see cref="PluginTypes"/> also
/// finds inherited ones.
/// </param>
sealed record AssemblyFacts(string Name, ImmutableArray<AssemblyName> Needs, ImmutableArray<string> NativeNames, bool ContainsPlugin)
{
    static readonly string[] Marks =
    [
        "ModelContextProtocol.Server.McpServerToolTypeAttribute", "ModelContextProtocol.Server.McpServerPromptTypeAttribute",
        "ModelContextProtocol.Server.McpServerResourceTypeAttribute",
    ];

    /// <summary>Reads the facts of an assembly.</summary>
    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
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
            metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Any(type => IsUsableType(type) && IsPluginType(metadata, type)));
    }

    /// <summary>False for an abstract class, whose attributes count for its derived classes. A static class is abstract and sealed.</summary>
    public static bool IsUsableType(TypeDefinition type) => (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) != TypeAttributes.Abstract;

    static IEnumerable<string> ModuleNames(MetadataReader metadata)
    {
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.ModuleRef); row++)
            yield return metadata.GetString(metadata.GetModuleReference(MetadataTokens.ModuleReferenceHandle(row)).Name);
    }

    /// <summary>True if a class implements <see cref="IPlugin"/> or has one of the SDK's type attributes; base classes do not count.</summary>
    public static bool IsPluginType(MetadataReader metadata, TypeDefinition type) =>
        type.GetInterfaceImplementations().Any(handle => NameOf(metadata, metadata.GetInterfaceImplementation(handle).Interface) == typeof(IPlugin).FullName)
        || type.GetCustomAttributes().Any(handle => AttributeName(metadata, metadata.GetCustomAttribute(handle)) is { } name && Marks.Contains(name));

    static string? AttributeName(MetadataReader metadata, CustomAttribute attribute) => attribute.Constructor.Kind == HandleKind.MemberReference
        ? NameOf(metadata, metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent)
        : null;

    static string? NameOf(MetadataReader metadata, EntityHandle handle) => handle.Kind == HandleKind.TypeReference
        && metadata.GetTypeReference((TypeReferenceHandle)handle) is var type ? $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}" : null;
}
