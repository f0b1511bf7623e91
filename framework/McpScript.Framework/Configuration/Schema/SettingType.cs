using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>A kind of value that a key can have.</summary>
/// <param name="expected">What it must be, for error texts and documentation: <c>a port from 0 to 65535</c>.</param>
abstract class SettingType<T>(string expected)
{
    /// <summary>What it must be.</summary>
    public string Expected => expected;

    /// <summary>The keys below it, if it is a mapping.</summary>
    public virtual ImmutableArray<ConfigurationKey> Keys => [];

    /// <summary>
    /// What stands between its own key and those below it, if these belong to names that the operator chooses: <c>&lt;name&gt;</c>; null if they do not.
    /// </summary>
    public virtual string? Member => null;

    /// <summary>Such values as JSON Schema, made anew each time; for editors, so it allows what is allowed and need not refuse all that is not.</summary>
    public virtual JsonObject Schema => [];

    /// <summary>True if an empty text is a value and not the lack of one.</summary>
    public virtual bool TakesEmpty => false;

    /// <summary>True if an empty text is a mistake: of a lock that has no key.</summary>
    public virtual bool RefusesEmpty => false;

    /// <summary>Reads a value that is not null; on false the context knows why.</summary>
    /// <param name="value">What was written.</param>
    /// <param name="label">What error texts call it: the key's path, the variable's or the option's name.</param>
    /// <param name="context">Gets what is wrong.</param>
    /// <param name="result">The value.</param>
    public abstract bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out T result);

    /// <summary>The keys that differ between two values: this one, or those below it.</summary>
    public virtual IEnumerable<KeyChange> Changes(T? before, T? after, string path, bool live) => AreEqual(before, after) ? [] : [new KeyChange(path, live)];

    /// <summary>What a running program takes of a new value: all of it, or those keys below it, or nothing.</summary>
    public virtual T? TakeLive(T? now, T? next, bool live) => live ? next : now;

    /// <summary>True if there is no difference that anyone could notice.</summary>
    public virtual bool AreEqual(T? a, T? b) => EqualityComparer<T>.Default.Equals(a, b);

    /// <summary>Notes that a value is not what it must be.</summary>
    protected bool Refuse(YamlValue value, string label, ReadContext context, out T? result)
    {
        context.Problem(value, $"'{label}' must be {Expected}, not {value.Describe()}{Cure(value)}");
        result = default;
        return false;
    }

    static string Cure(YamlValue value) => value is YamlScalar { Quoted: true, Expanded: false } ? " (without the quotes, if that is what you mean)" : "";
}
