using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>What of a call may be written down: secrets are taken out by name, long values are cut, and on request only their shape is left.</summary>
public sealed class Redaction
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mark = "[redacted]";

    readonly ImmutableArray<string> _names;

    /// <summary>A redaction.</summary>
    /// <param name="names">Parts of the names of secrets; case and all but letters and digits do not count. Null for <see cref="DefaultNames"/>.</param>
    /// <param name="shapesOnly">Leaves only type and length of each value.</param>
    public Redaction(IEnumerable<string>? names = null, bool shapesOnly = false)
    {
        ShapesOnly = shapesOnly;
        _names = [.. (names ?? DefaultNames).Select(Bare).Where(name => name.Length > 0).Distinct()];
    }

    /// <summary>What is taken for a secret unless told otherwise.</summary>
    public static ImmutableArray<string> DefaultNames { get; } =
        ["password", "passwd", "secret", "token", "api_key", "apikey", "authorization", "cookie", "credential", "private_key", "totp", "otp"];

    /// <summary>The default names, values in full.</summary>
    public static Redaction Default { get; } = new();

    /// <summary>True if only shapes are left.</summary>
    public bool ShapesOnly { get; }

    /// <summary>True if a value of that name is a secret.</summary>
    public bool Hides(string name)
    {
        var bare = Bare(name);
        foreach (var part in _names)
            if (bare.Contains(part, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>The call as it may be written down. Once is enough: a second time changes nothing.</summary>
    public ToolCall Apply(ToolCall call)
    {
        if (call.IsRedacted)
            return call;
        var reduction = new RedactionPass(this, call);
        return call with { Tool = reduction.ToolName(), Params = reduction.Params(), Result = reduction.Result(out var length), ResultLength = length, IsRedacted = true };
    }

    // 'API-Key', 'api_key' and 'x.apiKey' name the same thing.
    static string Bare(string name) => string.Create(name.Count(char.IsLetterOrDigit), name, static (bare, name) =>
    {
        var at = 0;
        foreach (var character in name)
            if (char.IsLetterOrDigit(character))
                bare[at++] = char.ToLowerInvariant(character);
    });

    /// <summary>True if a member is fine as it is; most are, and then nothing need be copied.</summary>
    internal bool IsPlain(string name, JsonElement value) => !Hides(name) && PlainValue.Is(value, this);
}
