using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Invocation;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>
/// A second factor for groups of tools: a one-time code unlocks a group for its caller, until the caller has not used it for the group's timeout. Safe for
/// concurrent use.
/// </summary>
/// <remarks>The state is in memory only: a restart locks everything, a reload of plugins changes nothing.</remarks>
public sealed partial class Gate : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly GateSettings _settings;
    readonly GroupSecrets _secrets;
    readonly Attempts _attempts;
    readonly Unlocks _unlocks;
    readonly UsedCodes _used = new();
    readonly BlockedCalls _blocked;
    readonly TimeProvider _time;
    readonly ILogger _log;
    volatile GuardedTools _guarded;

    /// <summary>Creates a gate; all groups are locked.</summary>
    /// <param name="settings">The groups and times.</param>
    /// <param name="secrets">The secrets of the groups.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="log">Log of unlocks, refusals and wrong codes, without the codes; null for none.</param>
    public Gate(GateSettings settings, IGateSecrets secrets, TimeProvider? time = null, ILogger<Gate>? log = null)
    {
        (_settings, _time, _log) = (settings, time ?? TimeProvider.System, log ?? NullLogger<Gate>.Instance);
        _secrets = new(secrets, _time, _log);
        _attempts = new(_time);
        _unlocks = new(settings.SessionIdleTimeout, _time);
        _blocked = new(_time);
        _guarded = new(settings.Groups);
        Pages = new(_time);
        if (IsOn)
            _secrets.Check(References(settings.Groups));
    }

    /// <summary>False if the gate is disabled: all groups are open, and it offers no tools.</summary>
    public bool IsOn => _settings.Enabled;

    /// <summary>The groups, by name.</summary>
    public ImmutableSortedDictionary<string, GateGroupSettings> Groups => _guarded.Groups;

    /// <summary>The pages on which users enter codes, hidden from the model.</summary>
    internal UnlockPages Pages { get; }

    /// <summary>False if clients on other machines can be anonymous: then groups cannot be unlocked for anonymous callers. Default: true.</summary>
    public bool OpensToAnonymous { get; init; } = true;

    /// <summary>
    /// Adds the gate to a server of the MCP SDK: its three tools, and a filter that guards the tools with <see cref="ProtectAttribute"/> and those that the
    /// groups name.
    /// </summary>
    /// <param name="options">The server's options; other filters should be added before.</param>
    /// <param name="oneClient">True for a server with a single client, such as stdio: an unlock then belongs to the process.</param>
    public void AddTo(McpServerOptions options, bool oneClient = false)
    {
        if (!IsOn)
            return;
        options.ToolCollection ??= [];
        foreach (var tool in new GateToolSet(this).Create())
            options.ToolCollection.Add(tool);
        options.Filters.Request.CallToolFilters.Add(new CallPipeline([new GateFilter(this)], isOnlyClient: oneClient).Filter);
    }

    /// <summary>Unlocks a group for a caller if the code is correct.</summary>
    public async Task<GateAnswer> UnlockAsync(GateCaller caller, string group, string code, CancellationToken cancellationToken = default)
    {
        if (!Groups.TryGetValue(group, out var settings))
            return Unknown(group);
        if (LockedOutFor(caller, group) is { Ticks: > 0 } left)
            return LockedOut(group, left, "locked_out");
        byte[] secret;
        try
        {
            secret = await _secrets.GetAsync(group, Reference(group, settings), cancellationToken);
        }
        catch (GateSecretException e)
        {
            // The caller cannot know that the secret is missing, so this does not count as a wrong code.
            Instruments.Code(group, "no_secret");
            return new(GateOutcome.NoSecret, e.Message);
        }
        lock (_lock)
            return Judge(caller, group, settings, secret, code);
    }

    /// <summary>Unlocks a page's group for its caller if the code is correct, and then closes the page.</summary>
    internal async Task<GateAnswer> UnlockAsync(UnlockPage page, string code, CancellationToken cancellationToken = default)
    {
        var answer = await UnlockAsync(page.Caller, page.Group, code, cancellationToken);
        if (answer.Ok)
            Pages.Close(page);
        return answer;
    }

    /// <summary>Locks a group, or all of them.</summary>
    /// <param name="holder">The owner of the unlock; null for all owners.</param>
    /// <param name="group">The group; empty for all.</param>
    public GateAnswer Lock(GateHolder? holder, string group = "")
    {
        if (group.Length > 0 && !Groups.ContainsKey(group))
            return Unknown(group);
        lock (_lock)
            _unlocks.Lock(holder, group.Length > 0 ? group : null);
        var whose = holder?.ToString() ?? "all callers";
        if (group.Length > 0)
            Locked(group, whose);
        else
            AllLocked(whose);
        return new(GateOutcome.Done, group.Length > 0 ? $"Group '{group}' locked." : "All groups locked.");
    }

    /// <summary>Returns the state of each group for one caller.</summary>
    public IReadOnlyList<GateGroupStatus> StatusFor(GateCaller caller)
    {
        lock (_lock)
            return
            [
                .. Groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new GateGroupStatus(
                    group.Key, OpenFor(caller.Holder, group.Key), _attempts.LockedOutFor(caller.CountedAs, group.Key), _secrets.TroubleOf(group.Key))),
            ];
    }

    /// <summary>Returns the state of each group for all callers.</summary>
    internal GateReport Report()
    {
        lock (_lock)
            return new(IsOn, [.. Groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => ReportOf(group.Key))], _blocked.All);
    }

    /// <summary>Replaces the groups: removed ones are locked, the unlocks of the others stay in force.</summary>
    internal void Apply(ImmutableSortedDictionary<string, GateGroupSettings> groups)
    {
        lock (_lock)
        {
            foreach (var gone in Groups.Keys.Where(group => !groups.ContainsKey(group)))
                _unlocks.Lock(null, gone);
            _guarded = new(groups);
        }
        if (IsOn)
            _secrets.Check(References(groups));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _secrets.DisposeAsync();

    /// <summary>The guarded tools and their groups.</summary>
    internal GuardedTools Guarded => _guarded;

    /// <summary>Admits a call and renews the unlocks of its groups; returns the reason if it is blocked, else null.</summary>
    internal string? Pass(GateCaller caller, IReadOnlyList<string> groups, string tool)
    {
        IReadOnlyList<string> closed;
        lock (_lock)
        {
            closed = [.. groups.Where(group => OpenFor(caller.Holder, group) == TimeSpan.Zero)];
            foreach (var group in closed.Count == 0 ? groups : [])
                _unlocks.Renew(caller.Holder, group);
            foreach (var group in closed)
                _blocked.Add(caller.Holder, group, tool);
        }
        if (closed.Count == 0)
            return null;
        foreach (var group in _settings.Audit.LogBlocked ? closed : [])
            Blocked(group, tool, caller.Holder);
        var texts = closed.Select(
            group => GateTexts.Blocked(caller.Holder, group, Groups.GetValueOrDefault(group), OpensToAnonymous, _secrets.TroubleOf(group)));
        return string.Join("\n\n", texts);
    }

    GateAnswer Judge(GateCaller caller, string group, GateGroupSettings settings, byte[] secret, string code)
    {
        // A second check, inside the lock: a hundred guesses in parallel must count as a hundred guesses.
        if (_attempts.LockedOutFor(caller.CountedAs, group) is { Ticks: > 0 } left)
            return LockedOut(group, left, "locked_out");
        var codes = Totp.Of(settings);
        var step = codes.Find(secret, code, _time.GetUtcNow());
        if (step is not { } found || !_used.TryTake(secret, codes.Period, found))
        {
            var (outcome, why) = !codes.IsCode(code) ? ("malformed", $": it should be the {codes.InWords} that the authenticator shows")
                : step is not null ? ("used", ": it was used already, so wait for the next one") : ("wrong", "");
            return Refuse(caller, group, outcome, why);
        }
        Instruments.Code(group, "accepted");
        _attempts.Succeed(caller.CountedAs, group);
        _unlocks.Open(caller.Holder, group, Reference(group, settings));
        _blocked.Remove(caller.Holder, group);
        Unlocked(group, settings.Timeout.TotalSeconds, caller.Holder);
        return new(GateOutcome.Done, $"Group '{group}' unlocked. Auto-lock after {(int)settings.Timeout.TotalMinutes}m inactivity.");
    }

    GateAnswer Refuse(GateCaller caller, string group, string outcome, string why)
    {
        if (_attempts.Fail(caller.CountedAs, group, _settings.Lockout) is > 0 and var left)
        {
            Instruments.Code(group, outcome);
            Failed(group, left, GateTexts.Plain(caller.CountedAs));
            return new(GateOutcome.WrongCode, $"Invalid code{why}. {left} attempt(s) left.");
        }
        var locked = _attempts.LockedOutFor(caller.CountedAs, group);
        FailedTooOften(group, locked.TotalSeconds, GateTexts.Plain(caller.CountedAs));
        Instruments.LockedOut(group);
        return LockedOut(group, locked, outcome);
    }

    GateAnswer LockedOut(string group, TimeSpan left, string outcome)
    {
        Instruments.Code(group, outcome);
        var seconds = Math.Ceiling(left.TotalSeconds);
        return new(GateOutcome.LockedOut, $"Group '{group}' locked out after {_settings.Lockout.Attempts} failed attempts. Try again in {seconds:0} s.");
    }

    TimeSpan LockedOutFor(GateCaller caller, string group)
    {
        lock (_lock)
            return _attempts.LockedOutFor(caller.CountedAs, group);
    }

    TimeSpan OpenFor(GateHolder holder, string group) =>
        Groups.TryGetValue(group, out var settings) ? _unlocks.OpenFor(holder, group, Reference(group, settings), settings.Timeout) : TimeSpan.Zero;

    GateGroupReport ReportOf(string group) => new(
        group,
        [.. _unlocks.Holders.Select(holder => new GateUnlock(holder, OpenFor(holder, group))).Where(unlock => unlock.OpenFor > TimeSpan.Zero)],
        [.. _attempts.LockedOut(group).Select(locked => new GateLockedOut(GateTexts.Plain(locked.CountedAs), locked.For))],
        _secrets.TroubleOf(group));

    GateAnswer Unknown(string group) => new(GateOutcome.UnknownGroup, GateTexts.UnknownGroup(group, Groups.Keys));

    static string Reference(string group, GateGroupSettings settings) => settings.SecretRef ?? group;

    static Dictionary<string, string> References(ImmutableSortedDictionary<string, GateGroupSettings> groups) =>
        groups.ToDictionary(group => group.Key, group => Reference(group.Key, group.Value), StringComparer.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gate: blocked call to locked group '{Group}' (tool '{Tool}', {Holder})")]
    partial void Blocked(string group, string tool, GateHolder holder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gate: failed unlock for '{Group}' ({Left} attempts left), by {Who}")]
    partial void Failed(string group, int left, string who);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gate: '{Group}' locked out for {Seconds:0} s after too many wrong codes, by {Who}")]
    partial void FailedTooOften(string group, double seconds, string who);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gate: '{Group}' unlocked (timeout={Timeout:0}s) for {Holder}")]
    partial void Unlocked(string group, double timeout, GateHolder holder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gate: '{Group}' locked for {Whose}")]
    partial void Locked(string group, string whose);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gate: all groups locked for {Whose}")]
    partial void AllLocked(string whose);
}
