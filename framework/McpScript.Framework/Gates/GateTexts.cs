namespace McpScript.Gates;

/// <summary>What the gate says; where the Python original has the same case, its words.</summary>
static class GateTexts
{
    /// <summary>To a caller who was held back.</summary>
    /// <param name="holder">Who.</param>
    /// <param name="group">By which group.</param>
    /// <param name="isThere">Whether the configuration has it.</param>
    /// <param name="opensToAnonymous">Whether anybody can unlock for those without session and identity.</param>
    /// <param name="trouble">What keeps its secret from being had.</param>
    public static string Blocked(GateHolder holder, string group, bool isThere, bool opensToAnonymous, string? trouble)
    {
        if (!isThere)
            return $"Group '{group}' is locked: 'gate.groups' does not have it any more. Only the operator can help, by putting it back there.";
        var why = trouble is null ? "" : $"\nNo code is taken now: {trouble}";
        if (holder.Kind is GateHolderKind.Anonymous)
            return $"Group '{group}' is locked. {Anonymous(group, opensToAnonymous)}{why}";
        return $"Group '{group}' is locked. Call gate_unlock(group='{group}', code='<totp>') first.\n"
            + $"The code is the six digits that the user's authenticator shows now: ask for it. Or the operator runs: mcp-proxy gate unlock {group}{holder.Option}{why}";
    }

    /// <summary>To a caller whom no code of his own can help.</summary>
    public static string Anonymous(string group, bool opensToAnonymous) => opensToAnonymous
        ? "This client has neither a session nor an identity, so an unlock is for everybody like it, and only the operator can do it: "
            + $"mcp-proxy gate unlock {group} --anonymous"
        : "This client has neither a session nor an identity, so nothing can be unlocked for it. Connect in a session (a protocol version up to 2025-11-25), or authenticate.";

    /// <summary>To whoever names a group that is not there.</summary>
    public static string UnknownGroup(string group, IEnumerable<string> groups)
    {
        // Whoever mixes up the arguments has given a code where the group should be.
        var named = group.Any(char.IsLetter) ? $" '{Plain(group)}'" : "";
        return $"Unknown group{named}. There are: {(string.Join(", ", groups.Order(StringComparer.Ordinal)) is { Length: > 0 } names ? names : "(none)")}";
    }

    /// <summary>A name that somebody else chose, fit for a line.</summary>
    public static string Plain(string text) => string.Concat(text.Where(character => !char.IsControl(character)).Take(80));
}
