using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy gate lock [GROUP]</c>: locks one group or all groups, for one caller or for all callers.</summary>
sealed class GateLockCommand : ManagementCommand
{
    readonly Argument<string?> _group = new("GROUP") { Description = "The group; by default all groups.", Arity = ArgumentArity.ZeroOrOne };
    readonly GateTargetOptions _target = new();

    public GateLockCommand() : base("lock", "Lock a group, or all groups, for all callers or for one.")
    {
        Arguments.Add(_group);
        _target.AddTo(this);
    }

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        var body = _target.Read(parsed);
        if (parsed.GetValue(_group) is { } group)
            body["group"] = group;
        return proxy.PostAsync("/proxy/gate/lock", body, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) => Console.WriteLine(body["result"]);
}
