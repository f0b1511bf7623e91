using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using McpScript.FileSystem;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Scripts;

/// <summary>Caches the metadata of assemblies that scripts reference, by path and content. Thread-safe.</summary>
sealed class PrivateAssemblyCache(int capacity = 64)
{
    readonly Lock _gate = new();
    readonly Dictionary<SourceFile, PrivateAssembly> _assemblies = [];
    readonly Queue<SourceFile> _oldestFirst = new();

    /// <summary>Number of cached assemblies.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _assemblies.Count;
        }
    }

    /// <summary>Returns the assembly in a file's bytes.</summary>
    /// <exception cref="BadImageFormatException">The bytes are not a .NET assembly.</exception>
    public PrivateAssembly Get(SourceFile file, byte[] content)
    {
        lock (_gate)
        {
            if (_assemblies.TryGetValue(file, out var known))
                return known;
        }

        // Outside the lock: if two compilations read the same file at once, the only cost is some memory.
        var read = Read(file.Path, ImmutableCollectionsMarshal.AsImmutableArray(content));
        lock (_gate)
            Keep(file, read);
        return read;
    }

    void Keep(SourceFile file, PrivateAssembly assembly)
    {
        if (!_assemblies.TryAdd(file, assembly))
            return;
        _oldestFirst.Enqueue(file);
        if (_oldestFirst.Count > capacity)
            _assemblies.Remove(_oldestFirst.Dequeue());
    }

    static PrivateAssembly Read(string path, ImmutableArray<byte> content)
    {
        using var image = new PEReader(content);
        if (!image.HasMetadata)
            throw new BadImageFormatException("there is no .NET metadata in it; perhaps it is a native library");
        var metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
            throw new BadImageFormatException("it is a module, not an assembly");
        return new PrivateAssembly(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            path,
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())],
            content,
            MetadataReference.CreateFromImage(content, filePath: path));
    }
}
