using System.Globalization;
using McpScript.Catalogs;
using McpScript.Gates;

namespace McpScript.Management;

/// <summary>Operations on the gate for operators, used by REST and the CLI.</summary>
sealed class GateOperations
{
    // Long enough that an id is not guessed by chance.
    const int ShortestSession = 16;

    readonly Gate _gate;
    readonly CurrentCatalog _served;
    readonly bool _oneClient;

    internal GateOperations(Gate gate, CurrentCatalog served, bool oneClient) => (_gate, _served, _oneClient) = (gate, served, oneClient);

    /// <summary>The current state of the gate.</summary>
    public GateReport Report() => _gate.Report();

    /// <summary>Names of the tools that a group guards.</summary>
    public IReadOnlyList<string> ToolsOf(string group) =>
        [
            .. _served.Catalog.Tools.Items
                .Where(item => _gate.Guarded.GroupsOf(item.Primitive, item.Owner?.Reference.Name).Contains(group)).Select(item => item.Id),
        ];

    /// <summary>Warnings about entries of groups that match nothing loaded.</summary>
    public IEnumerable<string> Unused()
    {
        var served = _served.Catalog.Tools.Items.Select(item => (item.Primitive, item.Owner?.Reference.Name)).ToList();
        return _gate.Groups.Keys.SelectMany(group =>
            _gate.Guarded.Unused(group, served).Select(what => $"Gate: {what} of group '{group}' matches nothing that is loaded."));
    }

    /// <summary>Unlocks a group for a target.</summary>
    public async Task<GateAnswer> UnlockAsync(GateTarget target, string group, string code, CancellationToken cancellationToken)
    {
        if (!_gate.IsOn)
            return new(GateOutcome.NotPossible, "The gate is off (gate.enabled: false), so everything is open.");
        if (target.IsEmpty && !_oneClient)
            return new(GateOutcome.NotPossible, $"Name a target: --session ID, --principal NAME or --anonymous.{Waiting(group)}");
        var (holder, problem) = Resolve(target);
        if (holder is not { } whose)
            return new(GateOutcome.NotPossible, problem!);
        return await _gate.UnlockAsync(GateCaller.Operator(whose), group, code, cancellationToken);
    }

    /// <summary>Locks a group, or all, for a target, or for all holders if the target is empty.</summary>
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
            : (null, "MCP is open to other machines, where anonymous callers may be any client: nothing is unlocked for them. "
                + "Let clients authenticate, or bind to 127.0.0.1.");
    }

    // Only the beginning of a session's id is shown to operators, so it is enough for a session that the gate knows.
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
        return waiting.Count == 0
            ? ""
            : $" Held back:{string.Concat(waiting.Select(blocked =>
                $"\n {blocked.Holder.Option} (tool '{GateTexts.Plain(blocked.Tool)}', {blocked.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)})"))}";
    }
}
