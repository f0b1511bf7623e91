using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>A mapping with known keys.</summary>
/// <param name="expected">Description of the expected value.</param>
/// <param name="keys">The known keys.</param>
/// <param name="stray">Advice for an unknown key that resembles no known one.</param>
sealed class SectionType<T>(string expected, ImmutableArray<SectionKey<T>> keys, string stray) : SettingType<T>(expected) where T : class, new()
{
    /// <inheritdoc/>
    public override ImmutableArray<ConfigurationKey> Keys => ImmutableArray<ConfigurationKey>.CastUp(keys);

    /// <inheritdoc/>
    public override JsonObject Schema => new()
    {
        ["type"] = new JsonArray("object", "null"),
        ["properties"] = new JsonObject(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, key.Schema))),
        ["additionalProperties"] = false,
    };

    /// <summary>The keys, which can read their values.</summary>
    public ImmutableArray<SectionKey<T>> Rows => keys;

    /// <summary>Returns the key with a name; null if there is none.</summary>
    public SectionKey<T>? Find(string name) => keys.FirstOrDefault(key => key.Name == name);

    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out T result)
    {
        if (value is not YamlMapping mapping)
            return Refuse(value, label, context, out result);
        var before = context.Problems.Count;
        result = Read(new T(), mapping, label + ".", context);
        return context.Problems.Count == before;
    }

    /// <summary>Returns the section with all valid values of a mapping.</summary>
    public T Read(T section, YamlMapping mapping, string prefix, ReadContext context)
    {
        foreach (var entry in mapping.Entries)
            if (Find(entry.Key) is { } key)
                section = key.Read(section, entry.Value, prefix + key.Name, prefix + key.Name, context);
            else
                context.Problem(entry, $"unknown key '{prefix}{entry.Key}'; {Advice(entry.Key)}");
        return section;
    }

    /// <summary>Returns the changed keys of two sections.</summary>
    public IEnumerable<KeyChange> Changes(T before, T after, string prefix) => keys.SelectMany(key => key.Changes(before, after, prefix + key.Name));

    /// <summary>Returns the section with those values of the next one that a running program can apply.</summary>
    public T TakeLive(T now, T next) => keys.Aggregate(now, (taken, key) => key.TakeLive(taken, next));

    /// <inheritdoc/>
    public override T? TakeLive(T? now, T? next, bool live) => now is null || next is null ? base.TakeLive(now, next, live) : TakeLive(now, next);

    /// <inheritdoc/>
    public override IEnumerable<KeyChange> Changes(T? before, T? after, string path, bool live) =>
        before is null || after is null ? base.Changes(before, after, path, live) : Changes(before, after, path + ".");

    /// <inheritdoc/>
    public override bool AreEqual(T? a, T? b) => a is null || b is null ? a == b : keys.All(key => key.AreEqual(a, b));

    string Advice(string name) => Spelling.Nearest(name, keys.Select(key => key.Name)) is { } near ? $"did you mean '{near}'?" : stray;
}
