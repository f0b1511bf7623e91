using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Invocation;

/// <summary>State of one request that runs plugin code: a tool call, a prompt, a resource or a completion. Used by one request at a time.</summary>
/// <param name="message">The request as the SDK passes it to handlers.</param>
class InvocationContext(MessageContext message)
{
    CallerIdentity? _caller;
    bool _isCallerKnown;

    /// <summary>The request as the SDK passes it to handlers.</summary>
    public MessageContext Message => message;

    /// <summary>The client's session; null for a stateless request.</summary>
    public ServedSession? Session { get; } = ServedSession.Of(message.Server);

    /// <summary>The authenticated caller; null for an anonymous one.</summary>
    public CallerIdentity? Caller
    {
        get
        {
            if (!_isCallerKnown)
                (_caller, _isCallerKnown) = (CallerIdentity.From(message.User), true);
            return _caller;
        }
    }

    /// <summary>Key of the request's state: its session, else its caller; null for an anonymous request without a session.</summary>
    public object? StateKey => (object?)Session ?? Caller;

    /// <summary>Generation that handles the request; null before and after its lease, and for the host's own tools.</summary>
    public Plugin? Plugin { get; private set; }

    /// <summary>The multi-round-trip state of the request's handler (SEP-2322); null in a session, where the SDK sends requests to the client itself.</summary>
    public SuspendedCall? Suspended { get; set; }

    /// <summary>Facts for the call log; null if the request is not logged.</summary>
    public CallRecord? Record { get; set; }

    /// <summary>Sets the generation that handles the request from here on.</summary>
    public void BeginLease(Plugin plugin)
    {
        Plugin = plugin;
        Record?.Plugin = plugin.Reference.Name;
        Suspended?.EndWith(plugin.Leases, plugin.Retiring);
    }

    /// <summary>Drops the generation, which may be unloaded afterwards.</summary>
    public void EndLease() => Plugin = null;
}
