using McpScript.Invocation;

namespace McpScript.Gates;

/// <summary>Who asks the gate.</summary>
/// <param name="Holder">Whose an unlock would be.</param>
/// <param name="CountedAs">What wrong codes are counted by, so that neither a new session nor another caller's slips matter.</param>
public sealed record GateCaller(GateHolder Holder, string CountedAs)
{
    const string Nobody = "anonymous callers";

    /// <summary>An operator, for somebody: his slips are counted apart from those of all clients.</summary>
    public static GateCaller Operator(GateHolder holder) => new(holder, "operators");

    /// <summary>The caller of a request.</summary>
    internal static GateCaller Of(InvocationContext request)
    {
        var principal = request.Caller?.Name;
        var countedAs = principal is null ? Nobody : $"principal {principal}";
        if (request.Message.Server.SessionId is { } session)
            return new(GateHolder.Session(session), countedAs);
        if (principal is not null)
            return new(GateHolder.Principal(principal), countedAs);
        return new(request is CallContext { IsOnlyClient: true } ? GateHolder.Process : GateHolder.Anonymous, countedAs);
    }
}
