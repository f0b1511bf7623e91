using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>
/// The full check, for arguments that the quick check does not accept: collects all problems, drops nulls that mean "absent", and rewrites numbers.
/// </summary>
sealed class ArgumentReview(SchemaNode root, bool isClosed, bool showValues, bool ignoreUnknown)
{
    readonly List<string> _problems = [];
    readonly List<string> _unknown = [];
    readonly List<string> _ignored = [];

    /// <summary>Returns the verdict on these arguments.</summary>
    public ArgumentVerdict Of(IDictionary<string, JsonElement> arguments)
    {
        var kept = Kept(arguments);
        var whole = JsonArguments.Object(kept);
        var walk = new ArgumentWalk(_problems, showValues);
        var fits = root.Check(whole, "", ref walk);
        if (walk.IsExhausted)
            _problems.Add("The arguments are nested too deeply, or the tool's schema has too many alternatives, to be compared.");
        else if (!fits && _problems.Count == 0)
            _problems.Add("The arguments do not fit the tool's schema.");
        _problems.AddRange(_unknown);
        if (_problems.Count > 0)
            return new(Limited(), null, []);
        var changed = walk.NeedsRewrite ? ArgumentRewrite.Of(root, whole) : whole;
        return walk.NeedsRewrite || kept.Count < arguments.Count ? new([], Members(changed), [.. _ignored]) : ArgumentVerdict.Fits;
    }

    List<KeyValuePair<string, JsonElement>> Kept(IDictionary<string, JsonElement> arguments)
    {
        var kept = new List<KeyValuePair<string, JsonElement>>(arguments.Count);
        foreach (var argument in arguments)
            if (!isClosed || root.Objects?.SchemasOf(argument.Key).Any(schema => schema != SchemaNode.Nothing) is true)
                kept.Add(argument);
            else if (ignoreUnknown)
                _ignored.Add(argument.Key);
            else
                _unknown.Add($"'{ArgumentText.Short(argument.Key)}' is not an argument of this tool{ArgumentText.Known(root.Objects?.Names ?? [])}.");
        return kept;
    }

    List<string> Limited() =>
        _problems.Count <= ArgumentText.Most ? _problems : [.. _problems.Take(ArgumentText.Most), $"and {_problems.Count - ArgumentText.Most} more"];

    static Dictionary<string, JsonElement> Members(JsonElement whole)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in whole.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }
}
