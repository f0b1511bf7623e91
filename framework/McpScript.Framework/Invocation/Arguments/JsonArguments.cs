using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>The arguments of a call as one JSON value, and back.</summary>
static class JsonArguments
{
    // What was read once may be one level deeper now.
    static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 2048 };

    /// <summary>An object with the arguments as members.</summary>
    public static JsonElement Object(IEnumerable<KeyValuePair<string, JsonElement>> arguments) => Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in arguments)
        {
            writer.WritePropertyName(name);
            Raw(writer, value);
        }
        writer.WriteEndObject();
    });

    /// <summary>A text as a JSON value.</summary>
    public static JsonElement Text(string text) => Write(writer => writer.WriteStringValue(text));

    /// <summary>The written JSON, as a value.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true, MaxDepth = s_deep.MaxDepth }))
            write(writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory, s_deep);
        return document.RootElement.Clone();
    }

    /// <summary>Writes a value as it came.</summary>
    public static void Raw(Utf8JsonWriter writer, in JsonElement value) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
