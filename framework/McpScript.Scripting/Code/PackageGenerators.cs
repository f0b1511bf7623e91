using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using McpScript.FileSystem;
using McpScript.Packages;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting.Code;

/// <summary>The source generators of packages, each package version in a load context of its own. Safe for concurrent use.</summary>
/// <remarks>They are kept for the life of the process: the content of a package never changes, and Roslyn caches generators that have run.</remarks>
static class PackageGenerators
{
    static readonly ConcurrentDictionary<string, Lazy<ImmutableArray<SourceGenerator>>> Loaded = new(StringComparer.Ordinal);
    static readonly Version Compiler = typeof(CSharpCompilation).Assembly.GetName().Version!;

    /// <summary>Returns the generators of packages, without those that .NET contains itself, which would generate everything twice.</summary>
    /// <param name="files">The files of the packages, as NuGet lays them out.</param>
    /// <exception cref="GeneratorLoadException">An assembly cannot be loaded.</exception>
    public static IEnumerable<SourceGenerator> For(IEnumerable<PackageGenerator> files) =>
        files.GroupBy(file => (file.Package, file.Version)).SelectMany(package => GeneratorsOf([.. package]));

    static IEnumerable<SourceGenerator> GeneratorsOf(ImmutableArray<PackageGenerator> package)
    {
        var chosen = Chosen(package);
        return chosen.Where(file => !DotNetGenerators.Has(NameOf(file))).SelectMany(file => Load(file, chosen));
    }

    /// <summary>
    /// Returns the assemblies for this version of the compiler: for C# or any language, built for the newest compiler that is not newer than this one.
    /// </summary>
    internal static ImmutableArray<PackageGenerator> Chosen(ImmutableArray<PackageGenerator> files)
    {
        var usable = files.Where(file => LanguageOf(file) is null or "cs").ToList();
        var newest = usable.Select(CompilerOf).Where(version => version is not null && version <= Compiler).Max();
        return [.. usable.Where(file => newest is null ? CompilerOf(file) is null : CompilerOf(file) == newest)];
    }

    static ImmutableArray<SourceGenerator> Load(PackageGenerator file, ImmutableArray<PackageGenerator> beside) =>
        Loaded.GetOrAdd(file.Path, _ => new(() => LoadNow(file, beside))).Value;

    static ImmutableArray<SourceGenerator> LoadNow(PackageGenerator file, ImmutableArray<PackageGenerator> beside)
    {
        try
        {
            var context = new Context($"generators of {file.Package} {file.Version}", beside);
            return GeneratorAssembly.GeneratorsIn(context.LoadFromAssemblyName(new AssemblyName(NameOf(file))), $"the package {file.Package} {file.Version}");
        }
        catch (Exception e)
            when (e is IOException or BadImageFormatException or TargetInvocationException or MissingMethodException or ReflectionTypeLoadException)
        {
            // Expected for a native library beside the generators, one for a newer compiler, or a constructor that throws.
            throw new GeneratorLoadException(file, e.InnerException ?? e);
        }
    }

    static string NameOf(PackageGenerator file) => Path.GetFileNameWithoutExtension(file.Name);

    // analyzers/dotnet/roslyn4.8/cs/X.dll
    static Version? CompilerOf(PackageGenerator file) => Folders(file).Where(folder => folder.StartsWith("roslyn", StringComparison.OrdinalIgnoreCase))
        .Select(folder => Version.TryParse(folder["roslyn".Length..], out var version) ? version : null).FirstOrDefault(version => version is not null);

    static string? LanguageOf(PackageGenerator file) => Folders(file).FirstOrDefault(folder => folder is "cs" or "vb" or "fs");

    static IEnumerable<string> Folders(PackageGenerator file) => file.Name.Split('/').Skip(2).SkipLast(1);

    // Roslyn and .NET come from the host; other assemblies are the package's own.
    sealed class Context(string name, ImmutableArray<PackageGenerator> files) : AssemblyLoadContext(name)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (files.FirstOrDefault(file => string.Equals(NameOf(file), assemblyName.Name, StringComparison.OrdinalIgnoreCase)) is not { } own)
                return null;
            // Loaded from bytes, so that the file is not locked.
            using var content = new MemoryStream(RegularFile.ReadAllBytes(own.Path), writable: false);
            return LoadFromStream(content);
        }
    }
}
