using System.Text.Json;

namespace McpScript.Client.Arguments;

/// <summary>A parameter of a tool, a prompt, a URI template or an elicitation form.</summary>
/// <param name="Name">Name.</param>
/// <param name="Schema">JSON Schema of the value.</param>
/// <param name="Required">True if a value is required.</param>
/// <param name="Description">Description for the user; null if the server gives none.</param>
sealed record Parameter(string Name, ValueSchema Schema, bool Required, string? Description)
{
    /// <summary>Default value as text; null if there is none.</summary>
    public string? Default => Schema.Default is { } value ? Json.Inline(value) : null;

    /// <summary>Returns the properties of an object schema as parameters, required ones first.</summary>
    public static IReadOnlyList<Parameter> Of(JsonElement schema)
    {
        if (!schema.TryGetMember("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return [];
        var required = schema.TryGetMember("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet()
            : [];
        return [.. properties.EnumerateObject().Select(Property).OrderByDescending(parameter => parameter.Required)];

        Parameter Property(JsonProperty property)
        {
            var value = new ValueSchema(property.Value, schema);
            return new(property.Name, value, required.Contains(property.Name), value.Description);
        }
    }

    /// <summary>Creates a string parameter, as prompts and URI templates have them.</summary>
    public static Parameter Text(string name, bool required, string? description) => new(name, ValueSchema.Text, required, description);
}
