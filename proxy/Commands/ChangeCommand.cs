using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy load|unload|reload PLUGIN</c></summary>
sealed class ChangeCommand : ManagementCommand
{
    readonly Argument<string> _plugin = new("PLUGIN") { Description = "The plugin's name." };
    readonly string _verb;

    public ChangeCommand(string verb, string description) : base(verb, description)
    {
        _verb = verb;
        Arguments.Add(_plugin);
    }

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.PostAsync($"/proxy/{_verb}", new JsonObject { ["plugin"] = parsed.GetValue(_plugin) }, cancellationToken);

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) =>
        Console.WriteLine($"{char.ToUpperInvariant(_verb[0])}{_verb[1..]} '{body["plugin"]}': {string.Join(", ", Texts(body["tools"] ?? body["removed"]))}");
}
