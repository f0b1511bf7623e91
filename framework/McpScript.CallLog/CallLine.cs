using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>Formats parts of a call as readable text.</summary>
static class CallLine
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the time in the format of the Python original.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Returns a name on one line: clients can send any text as the name of a tool.</summary>
    public static string Name(string name) => string.Concat(name.Select(character => IsSafe(character) ? character : '?'));

    /// <summary>Returns all parameters as JSON.</summary>
    public static string Params(ToolCall call)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
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

    /// <summary>Returns the other known facts of a call; empty for none.</summary>
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

    static bool IsSafe(char character) => !char.IsControl(character) && character is not ('`' or '\u2028' or '\u2029');
}
