using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Parts of a call as text for people.</summary>
static class CallLine
{
    static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The time, as the original writes it.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The name on one line: an unknown tool's may be anything.</summary>
    public static string Name(string name) => string.Concat(name.Select(character => char.IsControl(character) || character is '`' or '\u2028' or '\u2029' ? '?' : character));

    /// <summary>All parameters as JSON.</summary>
    public static string Params(ToolCall call)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, s_options))
        {
            json.WriteStartObject();
            foreach (var (name, value) in call.Params)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>What else is known; empty if that is nothing.</summary>
    public static IEnumerable<string> Details(ToolCall call)
    {
        if (call.Duration is { } duration)
            yield return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.###} ms");
        if (call.Plugin is { } plugin)
            yield return $"plugin={plugin}";
        if (call.Session is { } session)
            yield return $"session={session}";
        if (call.Principal is { } principal)
            yield return $"principal={Name(principal)}";
        if (call.Client is { } client)
            yield return $"client={Name(client)}";
        if (call.RequestId is { } id)
            yield return $"request={Name(id)}";
        if (call.Error is not CallErrorKind.None)
            yield return $"error={JsonlLines.Word(call.Error)}";
    }
}
