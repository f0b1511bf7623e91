using System.CommandLine;
using McpScript.CommandLine;
using McpScript.Configuration;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy serve</c>: loads the plugins and serves them until a signal or, over stdio, the end of input.</summary>
static class ServeCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(ServeOptions options)
    {
        var command = new Command("serve", "Load the plugins and serve them, over stdio unless --http is given.");
        options.AddTo(command);
        command.SetAction(RunAsync(options));
        return command;
    }

    /// <summary>Returns the action of the command, which the root command shares.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> RunAsync(ServeOptions options) => (parsed, _) => ServerRun.RunAsync(() =>
    {
        var config = McpScriptConfig.Load(options.Read(parsed) with { BuiltIn = new() { ServerName = "MCP Proxy" } });
        return McpScriptServer.Create(config, new McpScriptServerOptions { Role = "Proxy", Management = true });
    });
}
