using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy gate lock [GROUP]</c>: without a group all of them, without a name for everybody.</summary>
sealed class GateLockCommand : ClientCommand
{
    readonly Argument<string?> _group = new("GROUP") { Description = "The group; all of them without it.", Arity = ArgumentArity.ZeroOrOne };
    readonly GateTargetOptions _target = new();

    public GateLockCommand() : base("lock", "Lock a group, or all of them, for everybody or for one.")
    {
        Arguments.Add(_group);
        _target.AddTo(this);
    }

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> AskAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        var body = _target.Read(parsed);
        if (parsed.GetValue(_group) is { } group)
            body["group"] = group;
        return proxy.PostAsync("/proxy/gate/lock", body, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) => Console.WriteLine(body["result"]);
}
