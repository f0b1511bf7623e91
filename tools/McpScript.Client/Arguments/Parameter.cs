using System.Text.Json;

namespace McpScript.Client.Arguments;

/// <summary>A value that a tool, a prompt, a template or a question takes: its name and its schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What it may be.</param>
/// <param name="Required">True if there must be one.</param>
/// <param name="Description">What it is for.</param>
sealed record Parameter(string Name, ValueSchema Schema, bool Required, string? Description)
{
    /// <summary>The value that is taken if none is given, as text; null if there is none.</summary>
    public string? Default => Schema.Default is { } value ? Json.Inline(value) : null;

    /// <summary>The parameters that a schema of an object names, the required ones first.</summary>
    public static IReadOnlyList<Parameter> Of(JsonElement schema)
    {
        if (!schema.TryGetMember("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return [];
        var required = schema.TryGetMember("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet() : [];
        return [.. properties.EnumerateObject()
            .Select(property => new Parameter(property.Name, new(property.Value, schema), required.Contains(property.Name), new ValueSchema(property.Value, schema).Description))
            .OrderByDescending(parameter => parameter.Required)];
    }

    /// <summary>A parameter that takes any text, as those of prompts and templates.</summary>
    public static Parameter Text(string name, bool required, string? description) => new(name, ValueSchema.Text, required, description);
}
