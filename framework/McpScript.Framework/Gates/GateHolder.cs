namespace McpScript.Gates;

/// <summary>Owner of an unlock: a session, a principal, the process (stdio), or all anonymous callers.</summary>
/// <param name="Kind">Kind of owner.</param>
/// <param name="Id">Id of the session or name of the principal; empty for the others.</param>
public readonly record struct GateHolder(GateHolderKind Kind, string Id = "")
{
    // Enough of a session id to distinguish sessions, but not enough to use one.
    const int SessionShown = 8;
    const int LongestShown = 256;

    /// <summary>The one client over stdio.</summary>
    public static GateHolder Process { get; } = new(GateHolderKind.Process);

    /// <summary>All callers without session and identity together.</summary>
    public static GateHolder Anonymous { get; } = new(GateHolderKind.Anonymous);

    /// <summary>A session.</summary>
    public static GateHolder Session(string id) => new(GateHolderKind.Session, id);

    /// <summary>A principal.</summary>
    public static GateHolder Principal(string name) => new(GateHolderKind.Principal, name);

    /// <summary>The id for display; only the beginning of a session id, because the complete id gives access to the session.</summary>
    public string ShownId => Kind is GateHolderKind.Session
        ? Id[..Math.Min(Id.Length, SessionShown)]
        : string.Concat(Id.Where(character => !char.IsControl(character)).Take(LongestShown));

    /// <summary>The option of the command line for this holder, after <c>mcp-proxy gate unlock GROUP</c>; empty for the process.</summary>
    public string Option => Kind switch
    {
        GateHolderKind.Session => $" --session {ShownId}",
        GateHolderKind.Principal => $" --principal {ShownId}",
        GateHolderKind.Anonymous => " --anonymous",
        _ => "",
    };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        GateHolderKind.Process => "this process",
        GateHolderKind.Anonymous => "anonymous callers",
        _ => $"{Kind.ToString().ToLowerInvariant()} {ShownId}",
    };
}
