using McpScript.Gates;
using McpScript.Management;

namespace McpScript.Http.Management;

// The bodies of the gate's routes share a file, because each is a line.

/// <summary>Body of unlock and lock requests.</summary>
sealed record GateRequest(string? Group, string? Code, string? Session, string? Principal, bool Anonymous = false)
{
    /// <summary>The caller that the request is about.</summary>
    public GateTarget Target => new(Session, Principal, Anonymous);

    /// <summary>Omits the code, which is a secret.</summary>
    public override string ToString() => $"{nameof(GateRequest)} {{ Group = {Group} }}";
}

/// <summary>Response of a lock or unlock that succeeded.</summary>
sealed record GateDoneBody(bool Ok, string? Group, string Result);

/// <summary>Owner of an unlock.</summary>
sealed record GateHolderBody(string Kind, string? Id)
{
    /// <summary>Returns the body of a holder.</summary>
    public static GateHolderBody Of(GateHolder holder) => new(holder.Kind.ToString().ToLowerInvariant(), holder.ShownId is { Length: > 0 } id ? id : null);
}

/// <summary>An unlock that is in force, and the seconds until it ends.</summary>
sealed record GateOpenBody(GateHolderBody For, int LocksIn);

/// <summary>A caller that is locked out after wrong codes, and the seconds until its codes are accepted again.</summary>
sealed record GateLockedOutBody(string Who, int Seconds);

/// <summary>A caller whose call was blocked.</summary>
sealed record GateBlockedBody(GateHolderBody Caller, string Group, string Tool, DateTimeOffset At, string Option)
{
    /// <summary>Returns the body of a blocked caller.</summary>
    public static GateBlockedBody Of(GateBlocked blocked) =>
        new(GateHolderBody.Of(blocked.Holder), blocked.Group, blocked.Tool, blocked.At, blocked.Holder.Option.Trim());
}

/// <summary>State of a gate group.</summary>
sealed record GateGroupBody(
    string Group, IReadOnlyList<string> Tools, IReadOnlyList<GateOpenBody> Open, IReadOnlyList<GateLockedOutBody> LockedOut, string? Trouble)
{
    /// <summary>Returns the body of a group.</summary>
    public static GateGroupBody Of(GateGroupReport group, IReadOnlyList<string> tools) => new(
        group.Group, tools, [.. group.Open.Select(unlock => new GateOpenBody(GateHolderBody.Of(unlock.Holder), Seconds(unlock.OpenFor)))],
        [.. group.LockedOut.Select(locked => new GateLockedOutBody(locked.Who, Seconds(locked.For)))], group.Trouble);

    static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);
}

/// <summary><c>GET /proxy/gate</c></summary>
sealed record GateBody(bool Enabled, IReadOnlyList<GateGroupBody> Groups, IReadOnlyList<GateBlockedBody> Blocked)
{
    /// <summary>Returns the body of the gate; an empty one if the configuration has no gate.</summary>
    public static GateBody Of(GateOperations? gate)
    {
        if (gate is null)
            return new(false, [], []);
        var report = gate.Report();
        return new(
            report.Enabled, [.. report.Groups.Select(group => GateGroupBody.Of(group, gate.ToolsOf(group.Group)))],
            [.. report.Blocked.Select(GateBlockedBody.Of)]);
    }
}
