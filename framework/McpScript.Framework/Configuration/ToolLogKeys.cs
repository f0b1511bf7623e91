using McpScript.CallLog;
using McpScript.Configuration.Schema;
using static McpScript.Configuration.Schema.KeyTable<McpScript.Configuration.McpScriptConfig>;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The table of the keys for the log of tool calls.</summary>
static class ToolLogKeys
{
    /// <summary>All keys.</summary>
    public static IEnumerable<SectionKey<McpScriptConfig>> All =>
    [
        Key("tool_log", Word(("full", ToolLogDetail.Full), ("shape", ToolLogDetail.Shape), ("off", ToolLogDetail.Off)),
            c => c.ToolLog, (c, v) => c with { ToolLog = v }, "full",
            "The detail in which each tool call is logged: parameters and results without secrets, only their types and lengths, or nothing."),
        Key("tool_loggers", new ListType<ToolLoggerKind>("a list of jsonl, text and transcript",
                Word(("jsonl", ToolLoggerKind.Jsonl), ("text", ToolLoggerKind.Text), ("transcript", ToolLoggerKind.Transcript))),
            c => c.ToolLoggers, (c, v) => c with { ToolLoggers = v ?? [] }, "[jsonl]",
            "The logs to write: tool_calls.jsonl for programs, tool_calls.log or transcripts for readers."),
        Key("tool_log_dir", FilePath, c => c.ToolLogDir, (c, v) => c with { ToolLogDir = v }, null,
            "The folder of the tool-call logs, created if it is missing; by default ~/.mcp_proxy/logs."),
        Key("tool_log_retention_days", Number("a number of days from 1 to 36500", 1, 36_500),
            c => c.ToolLogRetentionDays, (c, v) => c with { ToolLogRetentionDays = v }, "90",
            "The number of days for which the compressed logs of past days are kept."),
        Key("tool_log_redact", new ListType<string>("a list of parts of names", Text),
            c => c.ToolLogRedact, (c, v) => c with { ToolLogRedact = v ?? [] }, $"[{string.Join(", ", Redaction.DefaultNames)}]",
            "Values whose names contain one of these, case, '_' and '-' aside, are not logged; codes for gate_unlock never are."),
    ];
}
