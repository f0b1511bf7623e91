using System.Collections.Immutable;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>A key of one section, which sets its value in the section's record.</summary>
abstract class SectionKey<TSection> : ConfigurationKey
{
    /// <summary>Returns the section with this value; unchanged if the value is empty, or wrong.</summary>
    public abstract TSection Read(TSection section, YamlValue value, string path, string label, ReadContext context);

    /// <summary>Returns the changed keys of two sections: this one, or those below it.</summary>
    public abstract IEnumerable<KeyChange> Changes(TSection before, TSection after, string path);

    /// <summary>Returns the section with the part of the next value that a running program can apply.</summary>
    public abstract TSection TakeLive(TSection now, TSection next);

    /// <summary>Returns true if two sections have the same value here.</summary>
    public abstract bool AreEqual(TSection a, TSection b);
}

/// <summary>A key of one section with values of one type.</summary>
sealed class SectionKey<TSection, T>(SettingType<T> type, Func<TSection, T?> get, Func<TSection, T, TSection> set) : SectionKey<TSection>
{
    /// <inheritdoc/>
    public override string Expected => type.Expected;

    /// <inheritdoc/>
    public override ImmutableArray<ConfigurationKey> Keys => type.Keys;

    /// <inheritdoc/>
    public override string? Member => type.Member;

    /// <inheritdoc/>
    public override JsonObject Schema
    {
        get
        {
            var schema = type.Schema;
            schema["description"] = $"{Description} ({Expected}{(Default is null ? "" : $"; default {Default}")})";
            return schema;
        }
    }

    /// <inheritdoc/>
    public override TSection Read(TSection section, YamlValue value, string path, string label, ReadContext context)
    {
        if (value is YamlScalar scalar && IsNothing(scalar))
            return section;
        if (!type.TryRead(value, label, context, out var read))
            return section;
        if (Support is KeySupport.Ignored)
            context.Warn($"key '{path}' is ignored: it has no effect, as it had none in the Python original");
        return set(section, read);
    }

    // A key without a value counts as not set; empty quotes, or an empty variable, are an empty text.
    bool IsNothing(YamlScalar value) => value switch
    {
        { Text: "", Quoted: false, Expanded: false } => true,
        { Text.Length: 0 } => !type.RefusesEmpty && (value.IsNull || !type.TakesEmpty),
        _ => value.IsNull,
    };

    /// <inheritdoc/>
    public override IEnumerable<KeyChange> Changes(TSection before, TSection after, string path) => type.Changes(get(before), get(after), path, AppliedLive);

    /// <inheritdoc/>
    public override TSection TakeLive(TSection now, TSection next)
    {
        var taken = type.TakeLive(get(now), get(next), AppliedLive);
        return type.AreEqual(get(now), taken) ? now : set(now, taken!);
    }

    /// <inheritdoc/>
    public override bool AreEqual(TSection a, TSection b) => type.AreEqual(get(a), get(b));
}
