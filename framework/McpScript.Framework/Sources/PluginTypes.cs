using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace McpScript.Sources;

/// <summary>Classes of an assembly that make it a plugin, and base classes that others inherit that from; read without loading the assembly.</summary>
sealed class PluginTypes
{
    readonly HashSet<string> _marked = new(StringComparer.Ordinal);
    readonly HashSet<string> _offering = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string? Assembly, string Name)> _bases = new(StringComparer.Ordinal);

    PluginTypes()
    {
    }

    /// <summary>Reads an assembly.</summary>
    public static PluginTypes Of(PEReader image)
    {
        var metadata = image.GetMetadataReader();
        var types = new PluginTypes();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var name = NameOf(metadata, type);
            if (AssemblyFacts.IsPluginType(metadata, type))
                types._marked.Add(name);
            if (AssemblyFacts.IsUsableType(type))
                types._offering.Add(name);
            if (BaseOf(metadata, type.BaseType) is { } parent)
                types._bases[name] = parent;
        }
        return types;
    }

    /// <summary>True if a class has one of the SDK's type attributes or implements <see cref="IPlugin"/>, itself or through a base class.</summary>
    /// <param name="find">Finds another assembly by its simple name; null for one that is not the plugin's own.</param>
    public bool Offer(Func<string, PluginTypes?> find) =>
        _offering.Any(type => IsMarked(type, find, 0));

    bool IsMarked(string type, Func<string, PluginTypes?> find, int depth)
    {
        if (_marked.Contains(type))
            return true;
        if (depth > 50 || !_bases.TryGetValue(type, out var parent))
            return false;
        return (parent.Assembly is { } other ? find(other) : this)?.IsMarked(parent.Name, find, depth + 1) is true;
    }

    static (string? Assembly, string Name)? BaseOf(MetadataReader metadata, EntityHandle handle)
    {
        if (handle.IsNil)
            return null;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return (null, NameOf(metadata, metadata.GetTypeDefinition((TypeDefinitionHandle)handle)));
            case HandleKind.TypeReference:
                return Outer(metadata, (TypeReferenceHandle)handle);
            case HandleKind.TypeSpecification:
                // Base<Note>: the generic class has the attributes (ECMA-335, II.23.2.14: GENERICINST CLASS type).
                var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                    return null;
                signature.ReadCompressedInteger();
                return BaseOf(metadata, signature.ReadTypeHandle());
            default:
                return null;
        }
    }

    static (string? Assembly, string Name)? Outer(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = Join(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
        return type.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference => (metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name), name),
            HandleKind.TypeReference when Outer(metadata, (TypeReferenceHandle)type.ResolutionScope) is { } outer => (outer.Assembly, $"{outer.Name}+{name}"),
            _ => null,
        };
    }

    static string NameOf(MetadataReader metadata, TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? $"{NameOf(metadata, metadata.GetTypeDefinition(outer))}+{metadata.GetString(type.Name)}"
        : Join(metadata.GetString(type.Namespace), metadata.GetString(type.Name));

    static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
