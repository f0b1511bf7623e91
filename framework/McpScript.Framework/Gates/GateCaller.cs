using McpScript.Invocation;

namespace McpScript.Gates;

/// <summary>Caller as the gate tells callers apart.</summary>
/// <param name="Holder">Owner of an unlock.</param>
/// <param name="CountedAs">Key by which wrong codes are counted: a new session does not reset it, and other callers do not add to it.</param>
public sealed record GateCaller(GateHolder Holder, string CountedAs)
{
    const string Anonymous = "anonymous callers";

    /// <summary>An operator who acts for a holder: wrong codes are counted apart from those of all clients.</summary>
    public static GateCaller Operator(GateHolder holder) => new(holder, "operators");

    /// <summary>The caller of a request.</summary>
    internal static GateCaller Of(InvocationContext request)
    {
        var principal = request.Caller?.Name;
        var countedAs = principal is null ? Anonymous : $"principal {principal}";
        if (request.Message.Server.SessionId is { } session)
            return new(GateHolder.Session(session), countedAs);
        if (principal is not null)
            return new(GateHolder.Principal(principal), countedAs);
        return new(request is CallContext { IsOnlyClient: true } ? GateHolder.Process : GateHolder.Anonymous, countedAs);
    }
}
