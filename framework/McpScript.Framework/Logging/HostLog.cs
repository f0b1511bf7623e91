using System.Diagnostics.CodeAnalysis;
using McpScript.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Parsing;

namespace McpScript.Logging;

/// <summary>The program's log: lines on stderr, with a level that can be changed while the program runs. Safe for concurrent use.</summary>
sealed class HostLog : IDisposable
{
    /// <summary>
    /// Sources that log every request at Information; only their warnings are useful to an operator. A refused token is logged by RefusalLog, once.
    /// </summary>
    static readonly string[] Talkative =
        ["Microsoft.AspNetCore", "Microsoft.Hosting", "System.Net.Http.HttpClient", "McpScript.Http.Authentication.ResourceServerHandler"];

    // If this source is enabled, ASP.NET creates an Activity and a log scope per request: a tenth of the cost of a call.
    const string EachRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    // Time for queued lines when the program ends; if stderr is not read, they are never written.
    static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    readonly LoggingLevelSwitch _level = new();
    readonly LoggingLevelSwitch _talkativeLevel = new();
    readonly LoggingLevelSwitch _requestLevel = new();
    readonly LoggingLevelSwitch _sdkLevel = new();
    readonly SerilogLoggerFactory _factory;
    readonly LineQueue? _queue;

    HostLog(LogLevel level, LogFormat format, TextWriter? output)
    {
        Level = level;
        ITextFormatter formatter = format is LogFormat.Json ? new JsonLineFormatter() : new TextLineFormatter();
        _queue = output is null ? new LineQueue(StandardError(), dropped => LineSink.Format(formatter, Dropped(dropped)), DrainTime) : null;
        var configuration = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(_level)
            .WriteTo.Sink(new ClientMistakes(
                new LineSink(formatter, _queue is null ? line => Write(output!, line) : _queue.Add, Recent), () => Level <= LogLevel.Debug));
        foreach (var source in Talkative)
            configuration.MinimumLevel.Override(source, _talkativeLevel);
        configuration.MinimumLevel.Override(EachRequest, _requestLevel);
        configuration.MinimumLevel.Override("ModelContextProtocol", _sdkLevel);
        _factory = new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
    }

    /// <summary>The factory of loggers that write to this log; disposed with it.</summary>
    public ILoggerFactory Factory => _factory;

    /// <summary>The last lines that were written.</summary>
    public RecentLines Recent { get; } = new();

    /// <summary>The lowest level that is written; can be set at any time.</summary>
    public LogLevel Level
    {
        get => LevelConvert.ToExtensionsLevel(_level.MinimumLevel);
        set
        {
            var level = LevelConvert.ToSerilogLevel(value);
            _level.MinimumLevel = level;
            // Trace enables everything.
            _talkativeLevel.MinimumLevel = level is LogEventLevel.Verbose or > LogEventLevel.Warning ? level : LogEventLevel.Warning;
            _requestLevel.MinimumLevel = level is LogEventLevel.Verbose ? level : LevelAlias.Off;
            // Except complete messages, which the SDK writes at Trace: they contain arguments and one-time codes.
            _sdkLevel.MinimumLevel = level is LogEventLevel.Verbose ? LogEventLevel.Debug : _talkativeLevel.MinimumLevel;
        }
    }

    /// <summary>Opens the configured log.</summary>
    /// <param name="config">The configuration; its <c>log_level</c> and <c>log_format</c> apply.</param>
    /// <param name="output">Receives the lines synchronously; null for stderr, in the background. Never stdout, over HTTP either: it belongs to the protocol,
    /// and to programs that read it through a pipe.</param>
    public static HostLog Open(McpScriptConfig config, TextWriter? output = null) => new(config.LogLevel, config.LogFormat, output);

    /// <inheritdoc/>
    public void Dispose()
    {
        _factory.Dispose();
        _queue?.Dispose();
    }

    static void Write(TextWriter output, string line)
    {
        output.Write(line);
        output.Flush();
    }

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "Serilog stamps all other events with this clock.")]
    static LogEvent Dropped(long count) => new(
        DateTimeOffset.Now, LogEventLevel.Warning, exception: null,
        new MessageTemplateParser().Parse("{Count} log lines are missing here: stderr was not read, so they were dropped rather than hold the program up."),
        [new("Count", new ScalarValue(count)), new(Constants.SourceContextPropertyName, new ScalarValue("McpScript.Logging"))]);

    // Not Console.Error, which may be redirected to this log for plugins that write to it.
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The log itself writes here.")]
    static StreamWriter StandardError() => new(Console.OpenStandardError(), leaveOpen: true);
}
