using McpScript.CallLog;
using McpScript.Configuration;
using McpScript.Invocation;
using McpScript.Management;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Creates the log of tool calls according to the configuration.</summary>
static partial class CallLogs
{
    // Characters of a result: twice what is written, so that redaction still recognizes a secret at the cut.
    const int KeptForLines = 4_000, KeptForTranscripts = 55_000;

    /// <summary>
    /// Creates the log and opens its files. With <c>tool_log: off</c> nothing is logged; calls are only published as events, while clients follow those.
    /// </summary>
    /// <param name="config">The configuration.</param>
    /// <param name="options">The host's own loggers, its log folder and the clock.</param>
    /// <param name="events">Publishes each call as an event.</param>
    /// <param name="loggers">Creates the log for the paths of the files, and for failures to open them.</param>
    public static ToolCallLog Open(McpScriptConfig config, McpScriptServerOptions options, ProxyEvents events, ILoggerFactory loggers)
    {
        var log = loggers.CreateLogger<ToolCallLog>();
        var redaction = new Redaction(config.ToolLogRedact, config.ToolLog is ToolLogDetail.Shape);
        if (config.ToolLog is ToolLogDetail.Off || config.ToolLoggers.IsEmpty && options.ToolLoggers.Count == 0)
        {
            var muted = options.ToolLoggers.Select(logger => new MutedToolLogger(logger));
            return new(new([new CallEvents(events), .. muted], log, options.Time), redaction, KeptForLines, options.Time, log, () => events.AreFollowed);
        }
        var folder = config.ToolLogDir ?? options.LogFolder ?? config.InState("logs");
        var all = new CompositeToolLogger(
            [
                .. config.ToolLoggers.Select(kind => Open(kind, folder, config.ToolLogRetentionDays, redaction, options.Time, log)),
                .. options.ToolLoggers,
                new CallEvents(events),
            ],
            log, options.Time);
        var hasTranscript = config.ToolLoggers.Contains(ToolLoggerKind.Transcript) || options.ToolLoggers.OfType<TranscriptLogger>().Any();
        var kept = hasTranscript ? KeptForTranscripts : KeptForLines;
        return new(all, redaction, kept, options.Time, log);
    }

    static IToolCallLogger Open(ToolLoggerKind kind, string folder, int retentionDays, Redaction redaction, TimeProvider time, ILogger log)
    {
        switch (kind)
        {
            case ToolLoggerKind.Jsonl:
                var jsonl = new JsonlToolLogger(folder, retentionDays, redaction, time, log);
                Open(jsonl.Open, folder, log);
                return jsonl;
            case ToolLoggerKind.Text:
                var text = new TextToolLogger(Path.Combine(folder, "tool_calls.log"), redaction: redaction, time: time);
                Open(text.Open, folder, log);
                return text;
            default:
                var transcript = new TranscriptLogger(Path.Combine(folder, "transcripts"), redaction: redaction, time: time);
                Open(transcript.Start, folder, log);
                return transcript;
        }
    }

    static void Open(Func<string> open, string folder, ILogger log)
    {
        try
        {
            Opened(log, open());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A server without a tool call log still serves; the loggers retry with each call and count lost entries.
            CannotOpen(log, folder, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Tool call log: {Path}")]
    static partial void Opened(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tool call log: '{Folder}' cannot be written, so calls are not logged: {Problem} "
        + "Make it writable, set another folder with 'tool_log_dir', or set 'tool_log: off'.")]
    static partial void CannotOpen(ILogger log, string folder, string problem);
}
