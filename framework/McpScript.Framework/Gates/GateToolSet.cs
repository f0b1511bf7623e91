using System.ComponentModel;
using McpScript.CallLog;
using McpScript.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>The gate's own tools, by which callers manage their unlocks.</summary>
sealed class GateToolSet(Gate gate)
{
    /// <summary>The tool that accepts codes.</summary>
    public const string Unlock = "gate_unlock";

    const string Lock = "gate_lock", Status = "gate_status";

    /// <summary>Returns true for the names of the gate's tools.</summary>
    public static bool Has(string name) => name is Unlock or Lock or Status;

    /// <summary>Creates the tools.</summary>
    public IEnumerable<McpServerTool> Create() =>
    [
        McpServerTool.Create(UnlockAsync, new()
        {
            Name = Unlock, Title = "Unlock tools", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false,
            Description = "Unlock a group of guarded tools with the one-time code (TOTP) that the user's authenticator shows. "
                + "Ask the user for it; each code works once.",
        }),
        McpServerTool.Create(LockNow, new()
        {
            Name = Lock, Title = "Lock tools", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false,
            Description = "Lock a group of guarded tools again, or all of them.",
        }),
        McpServerTool.Create(ShowStatus, new()
        {
            Name = Status, Title = "Locked and unlocked tools", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false,
            Description = "Show which groups of guarded tools are locked, and which are unlocked for how long.",
        }),
    ];

    async Task<CallToolResult> UnlockAsync(
        RequestContext<CallToolRequestParams> request, [Description("The group.")] string group,
        [Description("The digits that the user's authenticator shows. Leave it out to let the user enter them on a page of this server, hidden from the model, "
            + "if the client can open one.")]
        string code = "",
        CancellationToken cancellationToken = default)
    {
        var caller = CallerOf(request);
        if (caller.Holder.Kind is GateHolderKind.Anonymous)
            return Answer(request, new(GateOutcome.NotPossible, GateTexts.Anonymous(group, gate.OpensToAnonymous)));
        if (code.Length > 0)
            return Answer(request, await gate.UnlockAsync(caller, group, code, cancellationToken));
        return Answer(request, await new PageRequest(gate, caller, group).ElicitAsync(request.Server, cancellationToken));
    }

    CallToolResult LockNow(RequestContext<CallToolRequestParams> request, [Description("The group; leave it out for all.")] string group = "") =>
        Answer(request, gate.Lock(CallerOf(request).Holder, group));

    string ShowStatus(RequestContext<CallToolRequestParams> request) =>
        gate.StatusFor(CallerOf(request)) is { Count: > 0 } groups ? string.Join('\n', groups) : "No active groups.";

    static GateCaller CallerOf(RequestContext<CallToolRequestParams> request) => GateCaller.Of(CallContext.Of(request) ?? new InvocationContext(request));

    static CallToolResult Answer(RequestContext<CallToolRequestParams> request, GateAnswer answer)
    {
        if (!answer.Ok)
            CallContext.Of(request)?.Mark(CallErrorKind.Refused);
        return new() { IsError = !answer.Ok, Content = [new TextContentBlock { Text = answer.Text }] };
    }
}
