using System.Collections.Immutable;
using System.Runtime.InteropServices;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Scripting.Cache;

/// <summary>An entry of the compile cache: the content of an image, except its location and the bytes of dependencies.</summary>
sealed record CachedScript
{
    /// <summary>Key of the entry: environment, plugin and path.</summary>
    public required string Key { get; init; }

    /// <summary>Every file that the content depends on, with the hash that makes the entry valid.</summary>
    public required ImmutableArray<SourceFile> Files { get; init; }

    /// <summary>The packages that the script references, as written.</summary>
    public required ImmutableArray<string> RequestedPackages { get; init; }

    /// <inheritdoc cref="AssemblyImage.Packages"/>
    public required ImmutableArray<string> Packages { get; init; }

    /// <inheritdoc cref="AssemblyImage.Dependencies"/>
    public required ImmutableArray<CachedDependency> Dependencies { get; init; }

    /// <summary>The assembly of the plugin's C# files, which has no file of its own; null if there are none.</summary>
    public required CachedCode? Code { get; init; }

    /// <inheritdoc cref="AssemblyImage.Satellites"/>
    public required ImmutableArray<CachedDependency> Satellites { get; init; }

    /// <inheritdoc cref="AssemblyImage.NativeLibraries"/>
    public required ImmutableDictionary<string, string> NativeLibraries { get; init; }

    /// <inheritdoc cref="AssemblyImage.Script"/>
    public required ScriptEntry Entry { get; init; }

    /// <inheritdoc cref="AssemblyImage.Docs"/>
    public required ImmutableDictionary<string, MemberDoc> Docs { get; init; }

    /// <inheritdoc cref="AssemblyImage.Assembly"/>
    public required ImmutableArray<byte> Assembly { get; init; }

    /// <inheritdoc cref="AssemblyImage.Symbols"/>
    public required ImmutableArray<byte> Symbols { get; init; }

    /// <summary>Creates the entry of an image.</summary>
    public static CachedScript Of(string key, AssemblyImage image) => new()
    {
        Key = key,
        Files = image.Files,
        RequestedPackages = image.RequestedPackages,
        Packages = image.Packages,
        Dependencies = Of(image.Dependencies.RemoveRange(image.AlsoOffering)),
        Code = image.AlsoOffering is [var code] ? new(code, image.Dependencies[code]) : null,
        Satellites = Of(image.Satellites),
        NativeLibraries = image.NativeLibraries,
        Entry = image.Script!,
        Docs = image.Docs,
        Assembly = image.Assembly,
        Symbols = image.Symbols,
    };

    /// <summary>Serializes the entry.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        to.Write(Key);
        Write(to, Files, file => Write(to, file));
        Write(to, RequestedPackages, to.Write);
        Write(to, Packages, to.Write);
        Write(to, Dependencies, dll => { to.Write(dll.Name); Write(to, dll.File); });
        to.Write(Code?.Name ?? "");
        to.Write(Code?.Image.Path ?? "");
        Write(to, Code?.Image.Assembly ?? []);
        Write(to, Code?.Image.Symbols ?? []);
        Write(to, Satellites, dll => { to.Write(dll.Name); Write(to, dll.File); });
        Write(to, NativeLibraries, library => { to.Write(library.Key); to.Write(library.Value); });
        to.Write(Entry.TypeName);
        to.Write(Entry.FactoryName);
        Write(to, Docs, doc =>
        {
            to.Write(doc.Key);
            to.Write(doc.Value.Summary);
            Write(to, doc.Value.Parameters, parameter => { to.Write(parameter.Key); to.Write(parameter.Value); });
        });
        Write(to, Assembly);
        Write(to, Symbols);
        to.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads an entry from the bytes of <see cref="ToBytes"/>.</summary>
    public static CachedScript Of(ArraySegment<byte> bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
        return new()
        {
            Key = from.ReadString(),
            Files = [.. Read(from, ReadFile)],
            RequestedPackages = [.. Read(from, from => from.ReadString())],
            Packages = [.. Read(from, from => from.ReadString())],
            Dependencies = [.. Read(from, from => new CachedDependency(from.ReadString(), ReadFile(from)))],
            Code = ReadCode(from),
            Satellites = [.. Read(from, from => new CachedDependency(from.ReadString(), ReadFile(from)))],
            NativeLibraries = ReadTexts(from),
            Entry = new(from.ReadString(), from.ReadString()),
            Docs = Read(from, from => KeyValuePair.Create(from.ReadString(), new MemberDoc(from.ReadString(), ReadTexts(from)))).ToImmutableDictionary(),
            Assembly = ReadBytes(from),
            Symbols = ReadBytes(from),
        };
    }

    static ImmutableArray<CachedDependency> Of(ImmutableDictionary<string, DependencyImage> assemblies) =>
        [.. assemblies.Select(dll => new CachedDependency(dll.Key, SourceFile.Of(dll.Value.Path, dll.Value.Assembly.AsSpan())))];

    static void Write<T>(BinaryWriter to, IReadOnlyCollection<T> items, Action<T> write)
    {
        to.Write(items.Count);
        foreach (var item in items)
            write(item);
    }

    static void Write(BinaryWriter to, SourceFile file)
    {
        to.Write(file.Path);
        to.Write(file.Hash ?? "");
    }

    static void Write(BinaryWriter to, ImmutableArray<byte> bytes)
    {
        to.Write(bytes.Length);
        to.Write(bytes.AsSpan());
    }

    static T[] Read<T>(BinaryReader from, Func<BinaryReader, T> read)
    {
        var items = new T[from.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(from);
        return items;
    }

    static SourceFile ReadFile(BinaryReader from) => new(from.ReadString(), from.ReadString() is { Length: > 0 } hash ? hash : null);

    static CachedCode? ReadCode(BinaryReader from)
    {
        var name = from.ReadString();
        var image = new DependencyImage(from.ReadString(), ReadBytes(from), ReadBytes(from));
        return name.Length == 0 ? null : new(name, image);
    }

    static ImmutableDictionary<string, string> ReadTexts(BinaryReader from) =>
        Read(from, from => KeyValuePair.Create(from.ReadString(), from.ReadString())).ToImmutableDictionary();

    static ImmutableArray<byte> ReadBytes(BinaryReader from) => ImmutableCollectionsMarshal.AsImmutableArray(from.ReadBytes(from.ReadInt32()));
}
