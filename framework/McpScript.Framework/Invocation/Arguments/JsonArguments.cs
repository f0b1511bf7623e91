using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Converts the arguments of a call to one JSON value.</summary>
static class JsonArguments
{
    // Values that were read once may be nested one level deeper here.
    static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2048 };

    /// <summary>Returns an object with the arguments as members.</summary>
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

    /// <summary>Returns a text as a JSON value.</summary>
    public static JsonElement Text(string text) => Write(writer => writer.WriteStringValue(text));

    /// <summary>Returns the written JSON as a value.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true, MaxDepth = Deep.MaxDepth }))
            write(writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory, Deep);
        return document.RootElement.Clone();
    }

    /// <summary>Writes a value in its original form.</summary>
    public static void Raw(Utf8JsonWriter writer, in JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
