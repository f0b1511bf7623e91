using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>
/// Redaction of calls for logs: masks secrets by name, shortens long values, and optionally keeps only types and lengths. Immutable; safe for concurrent use.
/// </summary>
public sealed class Redaction
{
    /// <summary>The text in place of a secret.</summary>
    public const string Mark = "[redacted]";

    readonly ImmutableArray<string> _names;

    /// <summary>Creates a redaction.</summary>
    /// <param name="names">Parts of the names of secrets; only letters and digits are compared, ignoring case. Null for <see cref="DefaultNames"/>.</param>
    /// <param name="shapesOnly">True to keep only type and length of each value.</param>
    public Redaction(IEnumerable<string>? names = null, bool shapesOnly = false)
    {
        ShapesOnly = shapesOnly;
        _names = [.. (names ?? DefaultNames).Select(Bare).Where(name => name.Length > 0).Distinct()];
    }

    /// <summary>The parts of names that are secret by default.</summary>
    public static ImmutableArray<string> DefaultNames { get; } =
        ["password", "passwd", "secret", "token", "api_key", "apikey", "authorization", "cookie", "credential", "private_key", "totp", "otp"];

    /// <summary>The default redaction: default names, values in full.</summary>
    public static Redaction Default { get; } = new();

    /// <summary>True if only types and lengths are kept.</summary>
    public bool ShapesOnly { get; }

    /// <summary>Returns true if a value with this name is a secret.</summary>
    public bool Hides(string name)
    {
        var bare = Bare(name);
        foreach (var part in _names)
            if (bare.Contains(part, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>Returns the redacted call; a redacted call is returned unchanged.</summary>
    public ToolCall Apply(ToolCall call)
    {
        if (call.IsRedacted)
            return call;
        var pass = new RedactionPass(this, call);
        return call with
        {
            Tool = pass.ToolName(),
            Params = pass.Params(),
            Result = pass.Result(out var length),
            ResultLength = length,
            IsRedacted = true,
        };
    }

    // 'API-Key', 'api_key' and 'x.apiKey' contain the same name.
    static string Bare(string name) => string.Create(name.Count(char.IsLetterOrDigit), name, static (bare, name) =>
    {
        var at = 0;
        foreach (var character in name)
            if (char.IsLetterOrDigit(character))
                bare[at++] = char.ToLowerInvariant(character);
    });

    /// <summary>Returns true if a member needs no redaction; most do not, and then nothing is copied.</summary>
    internal bool IsPlain(string name, JsonElement value) => !Hides(name) && PlainValue.Is(value, this);
}
