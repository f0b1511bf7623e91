using System.CommandLine;
using McpScript.Configuration;
using McpScript.Http;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy serve</c>: loads the plugins and serves them until a signal or, over stdio, the end of input.</summary>
static class ServeCommand
{
    const int Done = 0, Failed = 1, Usage = 2;

    /// <summary>The command.</summary>
    public static Command Create(ServeOptions options)
    {
        var command = new Command("serve", "Load the plugins and serve them, over stdio unless --http is given.");
        options.AddTo(command);
        command.SetAction(RunAsync(options));
        return command;
    }

    /// <summary>What the command does.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> RunAsync(ServeOptions options) => async (parsed, _) =>
    {
        try
        {
            var config = McpScriptConfig.Load(options.Read(parsed) with { BuiltIn = new() { ServerName = "MCP Proxy" } });
            await using var server = McpScriptServer.Create(config, new McpScriptServerOptions { Role = "Proxy", Management = true });
            await server.RunAsync();
            return Done;
        }
        catch (ConfigurationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Usage;
        }
        catch (Exception e) when (e is BindException or NotStartedException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    };
}
