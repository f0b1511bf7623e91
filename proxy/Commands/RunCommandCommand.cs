using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy run-command NAME [key=value…]</c></summary>
sealed class RunCommandCommand : ManagementCommand
{
    readonly Argument<string> _name = new("NAME") { Description = "The command's name." };
    readonly Argument<string[]> _arguments = new("ARGUMENTS")
    {
        Description = "Its arguments as key=value; a value that is valid JSON is sent as JSON.", Arity = ArgumentArity.ZeroOrMore, HelpName = "key=value",
    };

    public RunCommandCommand() : base("run-command", "Run a management command of a plugin.")
    {
        Arguments.Add(_name);
        Arguments.Add(_arguments);
        _arguments.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
                result.AddError($"'{token.Value}' should be key=value.");
        });
    }

    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        var arguments = new JsonObject();
        foreach (var (key, value) in (parsed.GetValue(_arguments) ?? []).Select(pair => pair.Split('=', 2)).Select(parts => (parts[0], parts[1])))
            arguments[key] = Value(value);
        return proxy.PostAsync($"/proxy/command/{Uri.EscapeDataString(parsed.GetValue(_name)!)}", arguments, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed) => Console.WriteLine(body["result"]);

    static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // A value that is not valid JSON is sent as a string.
            return text;
        }
    }
}
