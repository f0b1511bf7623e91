using McpScript.Configuration;
using McpScript.Management;
using McpScript.Packages;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Package operations on plugin folders without a running proxy.</summary>
sealed class PackagesOnDisk : IDisposable
{
    readonly PackageEngine _engine;
    readonly NativeCopies _natives = new();

    /// <summary>Creates the operations, with the lock file of the first plugin folder.</summary>
    /// <param name="config">Provides the plugin folders, and the package sources and packages that are allowed.</param>
    /// <param name="loggers">Creates the logs.</param>
    /// <param name="options">Folder of the packages and .NET installation; null for the defaults.</param>
    public PackagesOnDisk(McpScriptConfig config, ILoggerFactory loggers, McpScriptServerOptions? options = null)
    {
        options ??= new();
        var packages = OptionsOf(config, options);
        _engine = new(packages, loggers.CreateLogger<PackageEngine>());
        var installed = new PackageLock(
            () => config.PluginDirs.IsEmpty ? null : config.PluginDirs[0], loggers.CreateLogger<PackageLock>(), StateFolderOf(config, options));
        // The autoload list is empty here: only a running proxy loads the packages on it.
        var source = new PackageSource(installed, _engine, _natives, () => []);
        Operations = new(_engine, installed, new OfflineVerification(source, installed), config.Packages, packages.Sources);
    }

    /// <summary>Operations on the packages: install, uninstall, update and list.</summary>
    public PackageOperations Operations { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _natives.Dispose();
    }

    /// <summary>Returns the folder of the lock file for plugin folders that are read-only.</summary>
    internal static string StateFolderOf(McpScriptConfig config, McpScriptServerOptions options) => options.PackageFolder ?? config.StateFolder;

    /// <summary>Returns the feeds and the folder of the packages. Relative sources are resolved against the folder of the configuration file.</summary>
    internal static PackageEngineOptions OptionsOf(McpScriptConfig config, McpScriptServerOptions options)
    {
        var beside = config.ConfigFile is { } file ? Path.GetDirectoryName(file)! : Environment.CurrentDirectory;
        return new()
        {
            Folder = options.PackageFolder ?? config.InState("packages"),
            Sources = config.Packages.Sources is { } sources ? [.. sources.Select(Absolute)] : null,
            DotnetRoot = options.DotnetRoot,
        };

        string Absolute(string source) => source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source, beside);
    }
}
