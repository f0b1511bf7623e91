using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>A list; duplicates are removed, and a single value is a list of one.</summary>
sealed class ListType<T>(string expected, SettingType<T> item) : SettingType<ImmutableArray<T>?>(expected)
{
    /// <inheritdoc/>
    public override JsonObject Schema => new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array", ["items"] = item.Schema }, item.Schema) };

    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [NotNullWhen(true)] out ImmutableArray<T>? result)
    {
        if (value is YamlMapping)
            return Refuse(value, label, context, out result);
        var items = ImmutableArray.CreateBuilder<T>();
        var good = true;
        foreach (var one in value is YamlList list ? list.Items : [value])
            if (one is YamlScalar { IsNull: true })
                good = Refuse(one, label, context, out _);
            else if (item.TryRead(one, label, context, out var read))
                items.Add(read);
            else
                good = false;
        result = [.. items.Distinct()];
        return good;
    }

    /// <inheritdoc/>
    public override bool AreEqual(ImmutableArray<T>? a, ImmutableArray<T>? b) =>
        a is null || b is null ? a is null == b is null : a.Value.SequenceEqual(b.Value);
}
