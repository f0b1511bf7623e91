using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Sources;
using Microsoft.Extensions.Logging;

namespace McpScript.Reconcile;

/// <summary>
/// The configuration of a running program: applies changes that can be applied live, reports those that need a restart, and keeps the last valid one when
/// the file is broken.
/// </summary>
sealed partial class LiveConfiguration
{
    readonly CommandLineOverrides _commandLine;
    readonly StableReader _reader;
    readonly ILogger<LiveConfiguration> _log;
    volatile McpScriptConfig _current;
    McpScriptConfig _read;
    SourceFile? _file;
    bool _isRequested;

    /// <summary>Starts with the configuration that was loaded at start.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="commandLine">Options of the command line, which keep overriding the file.</param>
    /// <param name="reader">Reads the file once it is stable.</param>
    /// <param name="log">Logs every change.</param>
    public LiveConfiguration(McpScriptConfig config, CommandLineOverrides commandLine, StableReader reader, ILogger<LiveConfiguration> log)
    {
        (_current, _read, _commandLine, _reader, _log) = (config, config, commandLine, reader, log);
        _file = config.ConfigFile is { } path ? SourceFile.Read(path) : null;
    }

    /// <summary>Raised after a change with the configuration that is in force.</summary>
    public event Action<McpScriptConfig>? Applied;

    /// <summary>The configuration in force: the one at start with all live changes since. Changes that need a restart are not in it.</summary>
    public McpScriptConfig Current => _current;

    /// <summary>Files that the configuration is read from.</summary>
    public IReadOnlyCollection<string> Files => _file is null ? [] : [_file.Path];

    /// <summary>Applies changes that can be applied live, if the file has changed or a reload was requested.</summary>
    /// <param name="cancellationToken">Cancels the reload.</param>
    /// <returns>The plugins whose settings changed; null if the configuration has not changed, or is broken.</returns>
    public async Task<IReadOnlySet<PluginReference>?> ReloadAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRequested, false))
            return ReadAgain();
        if (_file is not { } before)
            return null;
        _file = await _reader.ReadAsync(before, cancellationToken);
        return _file == before ? null : Load();
    }

    /// <summary>
    /// Requests a reload at the next scan, whether or not the file changed: the values of its variables may have changed.
    /// </summary>
    internal void RequestReload() => Volatile.Write(ref _isRequested, true);

    ImmutableHashSet<PluginReference>? ReadAgain()
    {
        _file = _file is { } file ? SourceFile.Read(file.Path) : null;
        var before = _read;
        var plugins = Load();
        if (ReferenceEquals(before, _read))
            Unchanged();
        return plugins;
    }

    ImmutableHashSet<PluginReference>? Load()
    {
        try
        {
            return Apply(McpScriptConfig.Load(_commandLine));
        }
        catch (ConfigurationException e)
        {
            Broken(e.Message);
            return null;
        }
    }

    ImmutableHashSet<PluginReference>? Apply(McpScriptConfig next)
    {
        // Compared with the configuration read last, so that a key that needs a restart is reported once.
        var change = ConfigurationChange.Between(_read, next);
        if (change.IsEmpty)
            return null;
        foreach (var warning in next.Warnings.Except(_read.Warnings))
            Warn(warning);
        if (change.NeedRestart.Length > 0)
            NeedsRestart(string.Join(", ", change.NeedRestart));
        if (change.Live.Length > 0)
            Live(string.Join(", ", change.Live));
        _read = next;
        _current = ConfigurationKeys.All.TakeLive(_current, next);
        Applied?.Invoke(_current);
        return [.. change.Plugins.Select(name => new PluginReference(name))];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Text}\nThe last good configuration stays in force.")]
    partial void Broken(string text);

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration: nothing has changed that takes effect.")]
    partial void Unchanged();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Configuration: {Keys} changed and needs a restart to take effect.")]
    partial void NeedsRestart(string keys);

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration: {Keys} changed and is in force.")]
    partial void Live(string keys);

    /// <summary>Logs a warning.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    internal partial void Warn(string text);
}
