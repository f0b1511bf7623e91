// A tool from a JSON Schema: for handlers that are not .NET methods, such as calls that are forwarded to another service.
// Clients get exactly this schema. Arguments that clearly do not match it are rejected before the handler runs.
mcp.Tool("convert", "Converts a length.", """
    {
      "type": "object",
      "properties": {
        "length": { "type": "number", "exclusiveMinimum": 0, "description": "How long it is." },
        "unit": { "enum": ["cm", "inch"], "description": "The unit of the length; the answer is in the other one." }
      },
      "required": ["length", "unit"],
      "additionalProperties": false
    }
    """, async (call, ct) =>
{
    var length = call.Params.Arguments!["length"].GetDouble();
    var text = call.Params.Arguments["unit"].GetString() == "cm" ? $"{length / 2.54:0.##} inch" : $"{length * 2.54:0.##} cm";
    return new CallToolResult { Content = [new TextContentBlock { Text = text }] };
});
