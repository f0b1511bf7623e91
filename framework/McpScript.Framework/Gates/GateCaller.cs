using McpScript.Invocation;

namespace McpScript.Gates;

/// <summary>Identity of a caller at the gate.</summary>
/// <param name="Holder">Owner of an unlock.</param>
/// <param name="CountedAs">Key by which wrong codes are counted: a new session does not reset it, and other callers do not add to it.</param>
public sealed record GateCaller(GateHolder Holder, string CountedAs)
{
    const string Anonymous = "anonymous callers";

    /// <summary>Returns an operator that acts for a holder. All operators share one count of wrong codes, apart from clients.</summary>
    public static GateCaller Operator(GateHolder holder) => new(holder, "operators");

    /// <summary>Returns the caller of a request.</summary>
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
