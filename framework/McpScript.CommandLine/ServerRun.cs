using McpScript.Configuration;
using McpScript.Http.Hosting;

namespace McpScript.CommandLine;

/// <summary>Runs a server for a command line; reports errors on stderr and by the exit code.</summary>
static class ServerRun
{
    const int Done = 0, Failed = 1, Usage = 2;

    /// <summary>Runs a server until it ends.</summary>
    /// <param name="create">Creates the server.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<McpScriptServer> create)
    {
        try
        {
            await using var server = create();
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
    }
}
