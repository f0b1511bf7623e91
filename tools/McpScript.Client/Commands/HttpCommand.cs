using System.CommandLine;
using McpScript.Client.Connecting;

namespace McpScript.Client.Commands;

/// <summary><c>mcp-client http URL</c></summary>
sealed class HttpCommand : InteractiveCommand
{
    readonly Argument<string> _url = new("URL") { Description = "The server's MCP endpoint, such as http://127.0.0.1:12200/mcp." };

    public HttpCommand(ServerOptions server) : base("http", "Talk to a server at a URL, at a prompt.", server)
    {
        Arguments.Add(_url);
        _url.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var url }] && !ServerArguments.IsUrl(url))
                result.AddError($"'{url}' is not a URL. A URL begins with http:// or https://, and usually ends with /mcp.");
        });
    }

    /// <inheritdoc/>
    protected override ServerTarget Target(ParseResult parsed, ServerOptions server) => new HttpTarget(new(parsed.GetValue(_url)!), server.Token(parsed));
}
