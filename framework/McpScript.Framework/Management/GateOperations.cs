using System.Globalization;
using McpScript.Catalogs;
using McpScript.Gates;

namespace McpScript.Management;

/// <summary>What an operator can do with the gate; REST and the CLI are translations of it.</summary>
sealed class GateOperations
{
    // As much of a session's id as nobody hits by chance.
    const int ShortestSession = 16;

    readonly Gate _gate;
    readonly CurrentCatalog _served;
    readonly bool _oneClient;

    internal GateOperations(Gate gate, CurrentCatalog served, bool oneClient) => (_gate, _served, _oneClient) = (gate, served, oneClient);

    /// <summary>The gate as it is now.</summary>
    public GateReport Report() => _gate.Report();

    /// <summary>The tools that a group guards, by name.</summary>
    public IReadOnlyList<string> ToolsOf(string group) =>
        [.. _served.Catalog.Tools.Items.Where(item => _gate.Guarded.GroupsOf(item.Primitive, item.Owner?.Reference.Name).Contains(group)).Select(item => item.Id)];

    /// <summary>What the groups name that is not there, a warning each.</summary>
    public IEnumerable<string> Unused()
    {
        var served = _served.Catalog.Tools.Items.Select(item => (item.Primitive, item.Owner?.Reference.Name)).ToList();
        return _gate.Groups.Keys.SelectMany(group => _gate.Guarded.Unused(group, served).Select(what => $"Gate: {what} of group '{group}' matches nothing that is loaded."));
    }

    /// <summary>Unlocks a group for somebody.</summary>
    public async Task<GateAnswer> UnlockAsync(GateTarget target, string group, string code, CancellationToken cancellationToken)
    {
        if (!_gate.IsOn)
            return new(GateOutcome.NotPossible, "The gate is off (gate.enabled: false), so everything is open.");
        if (target.IsEmpty && !_oneClient)
            return new(GateOutcome.NotPossible, $"Say for whom: --session ID, --principal NAME or --anonymous.{Waiting(group)}");
        var (holder, problem) = Resolve(target);
        if (holder is not { } whose)
            return new(GateOutcome.NotPossible, problem!);
        return await _gate.UnlockAsync(GateCaller.Operator(whose), group, code, cancellationToken);
    }

    /// <summary>Locks a group, or all, for somebody, or for everybody if nobody is named.</summary>
    public GateAnswer Lock(GateTarget target, string group)
    {
        if (target.IsEmpty)
            return _gate.Lock(null, group);
        var (holder, problem) = Resolve(target);
        return holder is { } whose ? _gate.Lock(whose, group) : new(GateOutcome.NotPossible, problem!);
    }

    (GateHolder?, string?) Resolve(GateTarget target)
    {
        if ((target.Session is { Length: > 0 } ? 1 : 0) + (target.Principal is { Length: > 0 } ? 1 : 0) + (target.Anonymous ? 1 : 0) > 1)
            return (null, "Name one: a session, a principal, or anonymous callers.");
        if (target.Session is { Length: > 0 } id)
            return Session(id);
        if (target.Principal is { Length: > 0 } principal)
            return (GateHolder.Principal(principal), null);
        if (!target.Anonymous)
            return (GateHolder.Process, null);
        return _gate.OpensToAnonymous
            ? (GateHolder.Anonymous, null)
            : (null, "MCP is open to other machines, where anonymous callers may be anybody: nothing is unlocked for them. Let clients authenticate, or bind to 127.0.0.1.");
    }

    // Only the head of a session's id is shown anywhere, so the head has to do, if the gate has met that session.
    (GateHolder?, string?) Session(string id)
    {
        var report = _gate.Report();
        var met = report.Blocked.Select(blocked => blocked.Holder).Concat(report.Groups.SelectMany(group => group.Open).Select(unlock => unlock.Holder))
            .Where(holder => holder.Kind is GateHolderKind.Session && holder.Id.StartsWith(id, StringComparison.Ordinal)).Distinct().ToList();
        return met switch
        {
            [var one] => (one, null),
            [] when id.Length >= ShortestSession => (GateHolder.Session(id), null),
            [] => (null, $"No session that the gate has met begins with '{id}'. 'mcp-proxy gate status' shows those that were held back."),
            _ => (null, $"{met.Count} sessions begin with '{id}'. Give more of the id."),
        };
    }

    string Waiting(string group)
    {
        var waiting = _gate.Report().Blocked.Where(blocked => blocked.Group == group).ToList();
        return waiting.Count == 0 ? "" : $" Held back:{string.Concat(waiting.Select(blocked => $"\n {blocked.Holder.Option} (tool '{GateTexts.Plain(blocked.Tool)}', {blocked.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)})"))}";
    }
}
