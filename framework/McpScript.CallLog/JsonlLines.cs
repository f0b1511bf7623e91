using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Formats calls as lines of JSON: the five fields of the Python original, then the other known facts. Not safe for concurrent use.</summary>
sealed class JsonlLines
{
    /// <summary>The largest number of characters of a result.</summary>
    public const int LongestResult = 2_000;

    const int MostKept = 1024 * 1024;

    ArrayBufferWriter<byte> _lines = new(1024);

    // Relaxed escaping keeps text in any language readable; the lines are not part of a web page.
    readonly Utf8JsonWriter _json;

    public JsonlLines() => _json = new(_lines, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The lines with their line ends; valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _lines.WrittenSpan;

    /// <summary>Removes all lines.</summary>
    public void Clear()
    {
        if (_lines.Capacity <= MostKept)
            _lines.ResetWrittenCount();
        else
            // A rare large batch must not keep so much memory allocated.
            _lines = new(1024);
        _json.Reset(_lines);
    }

    /// <summary>Adds a line.</summary>
    public void Add(ToolCall call)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("ts", call.Time.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        _json.WriteString("tool", call.Tool);
        WriteParams(call);
        _json.WriteString("result", Truncation.Of(call.Result, LongestResult, call.ResultLength));
        _json.WriteBoolean("ok", call.Ok);
        if (call.Duration is { } duration)
            _json.WriteNumber("duration_ms", Math.Round(duration.TotalMilliseconds, 3));
        WriteIfKnown("plugin", call.Plugin);
        WriteIfKnown("session", call.Session);
        WriteIfKnown("principal", call.Principal);
        WriteIfKnown("client", call.Client);
        WriteIfKnown("request", call.RequestId);
        if (call.Error is not CallErrorKind.None)
            _json.WriteString("error", Word(call.Error));
        _json.WriteEndObject();
        _json.Flush();
        _lines.Write("\n"u8);
    }

    /// <summary>Returns the name of a kind of error in logs.</summary>
    public static string Word(CallErrorKind kind) => kind switch
    {
        CallErrorKind.None => "none",
        CallErrorKind.ToolError => "tool_error",
        CallErrorKind.Exception => "exception",
        CallErrorKind.InvalidArguments => "invalid_arguments",
        CallErrorKind.Refused => "refused",
        CallErrorKind.UnknownTool => "unknown_tool",
        CallErrorKind.TimedOut => "timed_out",
        _ => "cancelled",
    };

    void WriteParams(ToolCall call)
    {
        _json.WriteStartObject("params");
        foreach (var (name, value) in call.Params)
        {
            _json.WritePropertyName(name);
            value.WriteTo(_json);
        }
        _json.WriteEndObject();
    }

    void WriteIfKnown(string name, string? text)
    {
        if (text is not null)
            _json.WriteString(name, text);
    }
}
