using McpScript.Configuration;
using McpScript.Model;
using McpScript.Packages;
using McpScript.Scripting.Cache;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;
using McpScript.Scripting.Sources;
using McpScript.Sources;

namespace McpScript.Composition;

/// <summary>Sources of plugins: find plugins in folders, paths and packages, and create their images.</summary>
sealed class ServerSources : IAsyncDisposable
{
    readonly NativeCopies _natives = new();
    readonly CachedScriptCompiler? _cached;

    /// <summary>Creates the sources; no folder is scanned yet.</summary>
    public ServerSources(ServerSetup setup)
    {
        var config = setup.Config;
        PackageOptions = PackagesOnDisk.OptionsOf(config, setup.Options);
        Packages = new(PackageOptions, setup.Log<PackageEngine>());
        Type[] shared = [.. setup.Options.Shared.Select(service => service.ServiceType)];
        var packages = new ScriptPackages(Packages, config.Packages);
        Compiler = new(shared, packages, files: setup.Files);
        _cached = config.CompileCache ? new(Compiler, CompileCache.Of(CacheOptions(setup), shared, packages, setup.Log<CompileCache>(), setup.Files)) : null;
        Installed = new(() => setup.Folders is [var first, ..] ? first : null, setup.Log<PackageLock>(), PackagesOnDisk.StateFolderOf(config, setup.Options));
        PackageSource = new(Installed, Packages, _natives, () => setup.Configuration.Current.Autoload ?? []);
        Settings = new PluginSettingsSource(() => setup.Configuration.Current, isPackage: PackageSource.Has, log: setup.Log<PluginSettingsSource>());
        All = new(new(() => setup.Folders), InOrder(setup));
    }

    /// <summary>All sources, in order of precedence.</summary>
    public PluginSources All { get; }

    /// <summary>Settings of plugins.</summary>
    public IPluginSettingsSource Settings { get; }

    /// <summary>Compiles scripts.</summary>
    public ScriptCompiler Compiler { get; }

    /// <summary>Restores and reads packages.</summary>
    public PackageEngine Packages { get; }

    /// <summary>Feeds and folder of the packages.</summary>
    public PackageEngineOptions PackageOptions { get; }

    /// <summary>Lock file of the installed packages.</summary>
    public PackageLock Installed { get; }

    /// <summary>Source of plugins from installed packages.</summary>
    public PackageSource PackageSource { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cached is not null)
            await _cached.DisposeAsync();
        _natives.Dispose();
        Packages.Dispose();
    }

    // Highest precedence first. If two sources have a plugin of the same name, this order decides which one is loaded.
    IPluginSource[] InOrder(ServerSetup setup)
    {
        IScriptCompiler scripts = _cached is null ? Compiler : _cached;
        var script = new ScriptFileSource(scripts, setup.Log<ScriptFileSource>(), setup.Time);
        var folder = new ScriptFolderSource(scripts, setup.Log<ScriptFolderSource>());
        var dll = new DllFileSource(_natives, setup.Log<DllFileSource>(), setup.Time);
        var dllFolder = new DllFolderSource(_natives, setup.Log<DllFolderSource>(), setup.Time);
        var kinds = new Dictionary<string, IPluginSource>
        {
            [PluginKinds.Script] = script, [PluginKinds.ScriptFolder] = folder, [PluginKinds.Dll] = dll, [PluginKinds.DllFolder] = dllFolder,
        };
        return [new ConfiguredPathSource(() => setup.Configuration.Current.PluginPaths, kinds), script, folder, dll, dllFolder, PackageSource];
    }

    static CompileCacheOptions CacheOptions(ServerSetup setup) =>
        new() { Folder = setup.Config.CompileCacheDir ?? setup.Options.CacheFolder ?? setup.Config.InState("cache") };
}
