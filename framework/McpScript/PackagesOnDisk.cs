using McpScript.Configuration;
using McpScript.Management;
using McpScript.Packages;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>The packages of plugin folders that no proxy serves at the moment.</summary>
sealed class PackagesOnDisk : IDisposable
{
    readonly PackageEngine _engine;
    readonly NativeCopies _natives = new();

    /// <param name="config">Names the folders, and says what is allowed.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="options">Where packages are kept.</param>
    public PackagesOnDisk(McpScriptConfig config, ILoggerFactory loggers, McpScriptServerOptions? options = null)
    {
        var packages = OptionsOf(config, options ?? new());
        _engine = new(packages, loggers.CreateLogger<PackageEngine>());
        var installed = new PackageLock(() => config.PluginDirs.IsEmpty ? null : config.PluginDirs[0], loggers.CreateLogger<PackageLock>(), StateFolderOf(config, options ?? new()));
        // What the list asks for is the running proxy's business.
        var source = new PackageSource(installed, _engine, _natives, () => []);
        Operations = new(_engine, installed, new OfflineVerification(source, installed), config.Packages, packages.Sources);
    }

    /// <summary>What can be done with them.</summary>
    public PackageOperations Operations { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _natives.Dispose();
    }

    /// <summary>The folder of the lock file for plugin folders that are read-only.</summary>
    internal static string StateFolderOf(McpScriptConfig config, McpScriptServerOptions options) => options.PackageFolder ?? config.StateFolder;

    /// <summary>Where packages come from and go to.</summary>
    internal static PackageEngineOptions OptionsOf(McpScriptConfig config, McpScriptServerOptions options)
    {
        var beside = config.ConfigFile is { } file ? Path.GetDirectoryName(file)! : Environment.CurrentDirectory;
        return new()
        {
            Folder = options.PackageFolder ?? config.InState("packages"),
            Sources = config.Packages.Sources is { } sources ? [.. sources.Select(source => source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source, beside))] : null,
            DotnetRoot = options.DotnetRoot,
        };
    }
}
