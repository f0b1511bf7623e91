using System.Text.Json.Nodes;

namespace McpScript.Specs.Management;

/// <summary>An answer of a management or health port.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body.</param>
sealed record HttpAnswer(int Status, string Text)
{
    /// <summary>The body as JSON.</summary>
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The <c>error</c> of a refusal.</summary>
    public string Error => Json["error"]!.GetValue<string>();

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Text}";
}
