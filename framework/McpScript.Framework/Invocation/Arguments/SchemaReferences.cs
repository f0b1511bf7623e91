using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Finds the target of a <c>$ref</c> within one document: a JSON pointer (<c>#/$defs/item</c>) or an <c>$anchor</c>.</summary>
sealed class SchemaReferences(JsonElement document)
{
    Dictionary<string, (JsonElement Schema, string Pointer)>? _anchors;

    /// <summary>Escapes a step of a JSON pointer.</summary>
    public static string Escape(string step) => step.Replace("~", "~0").Replace("/", "~1");

    /// <summary>Returns the schema; null if it is not in this document.</summary>
    public (JsonElement Schema, string Pointer)? Find(string reference)
    {
        if (!reference.StartsWith('#'))
            return null;
        var pointer = Uri.UnescapeDataString(reference[1..]);
        if (pointer.Length > 0 && pointer[0] != '/')
            return (_anchors ??= Anchors()).TryGetValue(pointer, out var anchored) ? anchored : null;
        var found = document;
        foreach (var step in pointer.Split('/').Skip(1))
            if (!TryStep(ref found, step.Replace("~1", "/").Replace("~0", "~")))
                return null;
        return (found, pointer);
    }

    static bool TryStep(ref JsonElement at, string step)
    {
        if (at.ValueKind == JsonValueKind.Object)
            return at.TryGetProperty(step, out at);
        if (at.ValueKind != JsonValueKind.Array || !int.TryParse(step, out var index) || index < 0 || index >= at.GetArrayLength())
            return false;
        at = at[index];
        return true;
    }

    Dictionary<string, (JsonElement, string)> Anchors()
    {
        var anchors = new Dictionary<string, (JsonElement, string)>(StringComparer.Ordinal);
        Collect(document, "", anchors);
        return anchors;
    }

    static void Collect(JsonElement at, string pointer, Dictionary<string, (JsonElement, string)> anchors)
    {
        if (at.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in at.EnumerateArray().Index())
                Collect(item, $"{pointer}/{index}", anchors);
        if (at.ValueKind != JsonValueKind.Object)
            return;
        if (at.TryGetProperty("$anchor", out var name) && name.ValueKind == JsonValueKind.String)
            anchors.TryAdd(name.GetString()!, (at, pointer));
        foreach (var member in at.EnumerateObject())
            Collect(member.Value, $"{pointer}/{Escape(member.Name)}", anchors);
    }
}
