using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>The type of a key's value.</summary>
/// <param name="expected">Description of the expected value, for error texts and documentation: <c>a port from 0 to 65535</c>.</param>
abstract class SettingType<T>(string expected)
{
    /// <summary>Description of the expected value.</summary>
    public string Expected => expected;

    /// <summary>The keys below it, if it is a mapping.</summary>
    public virtual ImmutableArray<ConfigurationKey> Keys => [];

    /// <summary>
    /// The placeholder between its own key and those below it, <c>&lt;name&gt;</c>, if the operator chooses names there; null if not.
    /// </summary>
    public virtual string? Member => null;

    /// <summary>A new JSON Schema of its values. For editors: it accepts all valid values, but may accept some invalid ones too.</summary>
    public virtual JsonObject Schema => [];

    /// <summary>True if an empty text is a valid value.</summary>
    public virtual bool TakesEmpty => false;

    /// <summary>True if an empty text is an error, as for a secret.</summary>
    public virtual bool RefusesEmpty => false;

    /// <summary>Reads a value that is not null; if it returns false, the context has the problem.</summary>
    /// <param name="value">The value as written.</param>
    /// <param name="label">The name in error texts: the key's path, the variable's or the option's name.</param>
    /// <param name="context">Receives the problems.</param>
    /// <param name="result">The value.</param>
    public abstract bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out T result);

    /// <summary>Returns the changed keys of two values: this one, or those below it.</summary>
    public virtual IEnumerable<KeyChange> Changes(T? before, T? after, string path, bool live) => AreEqual(before, after) ? [] : [new KeyChange(path, live)];

    /// <summary>Returns the part of the next value that a running program can apply: all of it, the live keys below it, or nothing.</summary>
    public virtual T? TakeLive(T? now, T? next, bool live) => live ? next : now;

    /// <summary>Returns true if two values have the same effect.</summary>
    public virtual bool AreEqual(T? a, T? b) => EqualityComparer<T>.Default.Equals(a, b);

    /// <summary>Adds the problem that a value is not the expected one; returns false.</summary>
    protected bool Refuse(YamlValue value, string label, ReadContext context, out T? result)
    {
        context.Problem(value, $"'{label}' must be {Expected}, not {value.Describe()}{Cure(value)}");
        result = default;
        return false;
    }

    static string Cure(YamlValue value) => value is YamlScalar { Quoted: true, Expanded: false } ? " (without the quotes, if that is what you mean)" : "";
}
