using McpScript.Gates;
using McpScript.Management;

namespace McpScript.Http.Management;

// The bodies of the gate's routes, together because each is a line.

/// <summary>What unlock and lock are asked with.</summary>
sealed record GateRequest(string? Group, string? Code, string? Session, string? Principal, bool Anonymous = false)
{
    /// <summary>For whom.</summary>
    public GateTarget Target => new(Session, Principal, Anonymous);

    /// <summary>Says nothing of the code.</summary>
    public override string ToString() => $"{nameof(GateRequest)} {{ Group = {Group} }}";
}

/// <summary>Something that was done.</summary>
sealed record GateDoneBody(bool Ok, string? Group, string Result);

/// <summary>Somebody, as he is shown.</summary>
sealed record GateHolderBody(string Kind, string? Id)
{
    /// <summary>The body of a holder.</summary>
    public static GateHolderBody Of(GateHolder holder) => new(holder.Kind.ToString().ToLowerInvariant(), holder.ShownId is { Length: > 0 } id ? id : null);
}

/// <summary>Somebody to whom a group is open.</summary>
sealed record GateOpenBody(GateHolderBody For, int LocksIn);

/// <summary>Somebody whose codes are not taken.</summary>
sealed record GateLockedOutBody(string Who, int Seconds);

/// <summary>Somebody who was held back.</summary>
sealed record GateBlockedBody(GateHolderBody Caller, string Group, string Tool, DateTimeOffset At, string Option)
{
    /// <summary>The body of a blocked caller.</summary>
    public static GateBlockedBody Of(GateBlocked blocked) => new(GateHolderBody.Of(blocked.Holder), blocked.Group, blocked.Tool, blocked.At, blocked.Holder.Option.Trim());
}

/// <summary>A group.</summary>
sealed record GateGroupBody(string Group, IReadOnlyList<string> Tools, IReadOnlyList<GateOpenBody> Open, IReadOnlyList<GateLockedOutBody> LockedOut, string? Trouble)
{
    /// <summary>The body of a group.</summary>
    public static GateGroupBody Of(GateGroupReport group, IReadOnlyList<string> tools) => new(
        group.Group, tools, [.. group.Open.Select(unlock => new GateOpenBody(GateHolderBody.Of(unlock.Holder), Seconds(unlock.OpenFor)))],
        [.. group.LockedOut.Select(locked => new GateLockedOutBody(locked.Who, Seconds(locked.For)))], group.Trouble);

    static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);
}

/// <summary><c>GET /proxy/gate</c></summary>
sealed record GateBody(bool Enabled, IReadOnlyList<GateGroupBody> Groups, IReadOnlyList<GateBlockedBody> Blocked)
{
    /// <summary>The body of the gate; of none, if the configuration has none.</summary>
    public static GateBody Of(GateOperations? gate)
    {
        if (gate is null)
            return new(false, [], []);
        var report = gate.Report();
        return new(report.Enabled, [.. report.Groups.Select(group => GateGroupBody.Of(group, gate.ToolsOf(group.Group)))], [.. report.Blocked.Select(GateBlockedBody.Of)]);
    }
}
