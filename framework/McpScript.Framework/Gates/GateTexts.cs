using McpScript.Configuration;

namespace McpScript.Gates;

/// <summary>Texts of the gate; the Python original's texts where it has the same case.</summary>
static class GateTexts
{
    /// <summary>Returns the text for a blocked caller.</summary>
    /// <param name="holder">The caller.</param>
    /// <param name="group">The locked group.</param>
    /// <param name="settings">The group's settings; null if the configuration does not have it any more.</param>
    /// <param name="opensToAnonymous">True if an operator can unlock for anonymous callers.</param>
    /// <param name="trouble">The reason why the group's secret is not available; null if there is none.</param>
    public static string Blocked(GateHolder holder, string group, GateGroupSettings? settings, bool opensToAnonymous, string? trouble)
    {
        if (settings is null)
            return $"Group '{group}' is locked: 'gate.groups' does not have it any more. Only the operator can help, by putting it back there.";
        var why = trouble is null ? "" : $"\nNo code is accepted now: {trouble}";
        if (holder.Kind is GateHolderKind.Anonymous)
            return $"Group '{group}' is locked. {Anonymous(group, opensToAnonymous)}{why}";
        return $"Group '{group}' is locked. Call gate_unlock(group='{group}', code='<totp>') first.\n"
            + $"The code is the {Totp.Of(settings).InWords} that the user's authenticator shows now: get it from the user. "
            + $"Or the operator runs: mcp-proxy gate unlock {group}{holder.Option}{why}";
    }

    /// <summary>Returns the text for a caller that cannot unlock by itself.</summary>
    public static string Anonymous(string group, bool opensToAnonymous) => opensToAnonymous
        ? "This client has neither a session nor an identity, so an unlock applies to all such clients, and only the operator can make it: "
            + $"mcp-proxy gate unlock {group} --anonymous"
        : "This client has neither a session nor an identity, so nothing can be unlocked for it. "
            + "Connect in a session (a protocol version up to 2025-11-25), or authenticate.";

    /// <summary>Returns the text for an unknown group.</summary>
    public static string UnknownGroup(string group, IEnumerable<string> groups)
    {
        // A caller that mixes up the arguments sends the code as the group; a code must not be repeated.
        var named = group.Any(char.IsLetter) ? $" '{Plain(group)}'" : "";
        return $"Unknown group{named}. There are: {(string.Join(", ", groups.Order(StringComparer.Ordinal)) is { Length: > 0 } names ? names : "(none)")}";
    }

    /// <summary>Returns a name from a client or user, safe for one line: no control characters, at most 80 characters.</summary>
    public static string Plain(string text) => string.Concat(text.Where(character => !char.IsControl(character)).Take(80));
}
