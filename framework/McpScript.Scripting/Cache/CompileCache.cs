using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Scripting.Scripts;
using Microsoft.Extensions.Logging;

namespace McpScript.Scripting.Cache;

/// <summary>
/// Compiled scripts on disk. An entry is valid only while every file and every other fact that it depends on is unchanged. Safe for several processes at
/// once.
/// </summary>
/// <remarks>
/// One entry for each script and environment, so that an edit replaces the outdated entry. The cache is optional: on any problem with an entry or the disk,
/// the script is compiled.
/// </remarks>
/// <param name="options">Folder and limits.</param>
/// <param name="environment">Other facts that compilation depends on; see <see cref="CompileEnvironment"/>.</param>
/// <param name="packages">The packages that scripts may use.</param>
/// <param name="log">Logs once that the disk cannot be used.</param>
/// <param name="files">Hashes of files, shared with all readers of plugins; null for its own.</param>
/// <param name="time">The clock that entries age by.</param>
sealed partial class CompileCache(
    CompileCacheOptions options, Lazy<string> environment, ScriptPackages? packages, ILogger<CompileCache> log, FileHashCache? files = null,
    TimeProvider? time = null)
{
    readonly FileHashCache _files = files ?? new(time ?? TimeProvider.System);
    readonly CacheFolder _folder = new(options, time ?? TimeProvider.System);
    int _logged;

    /// <summary>Creates the cache of a compiler with these shared types and packages.</summary>
    public static CompileCache Of(
        CompileCacheOptions options, IReadOnlyCollection<Type> shared, ScriptPackages? packages, ILogger<CompileCache> log, FileHashCache? files = null) =>
        new(options, new(() => CompileEnvironment.Of(shared, packages)), packages, log, files);

    /// <summary>Finds the image of a script that is still valid; null if there is none.</summary>
    public AssemblyImage? Find(PluginLocation location, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var key = KeyOf(location);
            return _folder.Read(FileOf(key)) is { } content
                && CachedScript.Of(content) is var script && script.Key == key && ImageOf(location, script, cancellationToken) is { } image
                ? image with { Reading = Stopwatch.GetElapsedTime(started) }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogOnce(e);
            return null;
        }
    }

    /// <summary>Stores an image.</summary>
    public void Keep(AssemblyImage image)
    {
        try
        {
            var key = KeyOf(image.Location);
            _folder.Write(FileOf(key), CachedScript.Of(key, image).ToBytes());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogOnce(e);
        }
    }

    AssemblyImage? ImageOf(PluginLocation location, CachedScript script, CancellationToken cancellationToken)
    {
        foreach (var file in script.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_files.ReadRecent(file.Path) != file)
                return null;
        }
        if (!script.NativeLibraries.Values.All(File.Exists))
            return null;
        if (packages is not null && !packages.Mean(script.RequestedPackages, script.Packages, cancellationToken))
            return null;
        if (Read(script.Dependencies, DependencyImage.Of) is not { } dependencies)
            return null;
        if (Read(script.Satellites, (path, bytes) => new(path, bytes, [])) is not { } satellites)
            return null;
        if (script.Code is { } code)
            dependencies = dependencies.SetItem(code.Name, code.Image);
        return new()
        {
            Location = location,
            AlsoOffering = script.Code is null ? [] : [script.Code.Name],
            Assembly = script.Assembly,
            Symbols = script.Symbols,
            Files = script.Files,
            Script = script.Entry,
            Dependencies = dependencies,
            Satellites = satellites,
            NativeLibraries = script.NativeLibraries,
            Docs = script.Docs,
            RequestedPackages = script.RequestedPackages,
            Packages = script.Packages,
        };
    }

    static ImmutableDictionary<string, DependencyImage>? Read(ImmutableArray<CachedDependency> files, Func<string, ImmutableArray<byte>, DependencyImage> of)
    {
        var images = ImmutableDictionary.CreateBuilder<string, DependencyImage>(StringComparer.OrdinalIgnoreCase);
        foreach (var dll in files)
        {
            var content = FileContent.Read(dll.File.Path);
            if (content.File != dll.File)
                return null;
            images.Add(dll.Name, of(dll.File.Path, ImmutableCollectionsMarshal.AsImmutableArray(content.Bytes!)));
        }
        return images.ToImmutable();
    }

    // The plugin's name is in the assembly's name, and the path in its symbols.
    string KeyOf(PluginLocation location) => $"{environment.Value}\n{location.Reference.Name}\n{location.Path}";

    static string FileOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40];

    void LogOnce(Exception e)
    {
        // A full disk, or a home folder that is read-only or missing: each start compiles then.
        if (Interlocked.Exchange(ref _logged, 1) == 0)
            CannotUse(options.Folder, e.Message.TrimEnd('.'));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Compiled scripts cannot be kept in '{Folder}': {Reason}. They are compiled at each start. "
        + "Make it a writable folder of your own, name another with 'compile_cache_dir', or set 'compile_cache: off'.")]
    partial void CannotUse(string folder, string reason);
}
