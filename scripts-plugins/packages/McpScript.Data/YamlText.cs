using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace McpScript.Data;

/// <summary>Conversion between YAML and JSON nodes.</summary>
static class YamlText
{
    // Nested aliases can expand a small text to an enormous document.
    const int MostNodes = 1_000_000;

    /// <summary>Reads the first document.</summary>
    /// <exception cref="McpException">The YAML is invalid, or has too many values.</exception>
    public static JsonNode? Parse(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new McpException($"The YAML cannot be read at line {e.Start.Line}, column {e.Start.Column}: {e.Message}");
        }
        var left = MostNodes;
        return stream.Documents.Count == 0 ? null : ToJson(stream.Documents[0].RootNode, ref left);
    }

    /// <summary>Writes a document.</summary>
    public static string Write(JsonNode? data)
    {
        var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(ToYaml(data))).Save(text, assignAnchors: false);
        // Removes the end marker of the document, which is needed only before another document.
        return text.ToString() is var all && all.EndsWith("...\n", StringComparison.Ordinal) ? all[..^4] : all;
    }

    static JsonNode? ToJson(YamlNode node, ref int left)
    {
        if (left-- == 0)
            throw new McpException($"The YAML expands to more than {MostNodes} values.");
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                    members[$"{key}"] = ToJson(value, ref left);
                return members;
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence.Children)
                    items.Add(ToJson(item, ref left));
                return items;
            default:
                var scalar = (YamlScalarNode)node;
                return scalar.Style == ScalarStyle.Plain ? Scalars.Read(scalar.Value ?? "") : scalar.Value;
        }
    }

    static YamlNode ToYaml(JsonNode? node) => node switch
    {
        JsonObject members => new YamlMappingNode(
            members.Select(member => KeyValuePair.Create<YamlNode, YamlNode>(new YamlScalarNode(member.Key), ToYaml(member.Value)))),
        JsonArray items => new YamlSequenceNode(items.Select(ToYaml)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => new YamlScalarNode(node?.ToJsonString() ?? "null"),
    };

    // Quoted if a parser could read it as another type: a number, a date, or, in YAML 1.1, 'no' as a boolean.
    static YamlScalarNode Text(string text) => new(text) { Style = IsPlain(text) ? ScalarStyle.Any : ScalarStyle.DoubleQuoted };

    static bool IsPlain(string text) =>
        Scalars.Read(text) is JsonValue value && value.GetValueKind() == JsonValueKind.String && !"+-.0123456789".Contains(text[0])
        && text.ToLowerInvariant() is not ("yes" or "no" or "on" or "off" or "true" or "false" or "null");
}
