using McpScript.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace McpScript.Logging;

/// <summary>The program's log: lines on stderr, with a level that can be changed while the program runs.</summary>
public sealed class HostLog : IDisposable
{
    /// <summary>Those who tell of every request at Information; only their warnings are news to an operator.</summary>
    static readonly string[] s_talkative = ["Microsoft.AspNetCore", "Microsoft.Hosting", "System.Net.Http.HttpClient"];

    // Whoever would log requests makes ASP.NET put an Activity and a log scope around each: a tenth of what a call costs.
    const string EachRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    readonly LoggingLevelSwitch _level = new();
    readonly LoggingLevelSwitch _talkativeLevel = new();
    readonly LoggingLevelSwitch _requestLevel = new();
    readonly LoggingLevelSwitch _sdkLevel = new();
    readonly SerilogLoggerFactory _factory;

    HostLog(LogLevel level, LogFormat format, TextWriter output)
    {
        Level = level;
        var configuration = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(_level)
            .WriteTo.Sink(new ClientMistakes(new LineSink(format is LogFormat.Json ? new JsonLineFormatter() : new TextLineFormatter(), output, Recent), () => Level <= LogLevel.Debug));
        foreach (var source in s_talkative)
            configuration.MinimumLevel.Override(source, _talkativeLevel);
        configuration.MinimumLevel.Override(EachRequest, _requestLevel);
        configuration.MinimumLevel.Override("ModelContextProtocol", _sdkLevel);
        _factory = new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
    }

    /// <summary>Makes loggers that write here; disposed with this log.</summary>
    public ILoggerFactory Factory => _factory;

    /// <summary>The last lines that were written.</summary>
    public RecentLines Recent { get; } = new();

    /// <summary>The least level that is written; can be set at any time.</summary>
    public LogLevel Level
    {
        get => LevelConvert.ToExtensionsLevel(_level.MinimumLevel);
        set
        {
            var level = LevelConvert.ToSerilogLevel(value);
            _level.MinimumLevel = level;
            // Whoever asks for everything gets everything.
            _talkativeLevel.MinimumLevel = level is LogEventLevel.Verbose or > LogEventLevel.Warning ? level : LogEventLevel.Warning;
            _requestLevel.MinimumLevel = level is LogEventLevel.Verbose ? level : LevelAlias.Off;
            // But not whole messages, which the SDK writes at Trace: arguments and one-time codes are in them.
            _sdkLevel.MinimumLevel = level is LogEventLevel.Verbose ? LogEventLevel.Debug : _talkativeLevel.MinimumLevel;
        }
    }

    /// <summary>Opens the log that the configuration asks for.</summary>
    /// <param name="config">Its <c>log_level</c> and <c>log_format</c> count.</param>
    /// <param name="output">Where the lines go; null for stderr, over stdio as well as HTTP: stdout belongs to the protocol, and to those who pipe it.</param>
    public static HostLog Open(McpScriptConfig config, TextWriter? output = null) => new(config.LogLevel, config.LogFormat, output ?? StandardError());

    /// <inheritdoc/>
    public void Dispose() => _factory.Dispose();

    // Not Console.Error: that one may be led back into the log, for plugins that write to it.
    static StreamWriter StandardError() => new(Console.OpenStandardError(), leaveOpen: true);
}
