using McpScript.Specs.Management;
using McpScript.Testing.Processes;

namespace McpScript.Specs;

/// <summary>Runs commands of the program as an operator does.</summary>
static class Cli
{
    /// <summary>Runs one to its end.</summary>
    public static async Task<RunResult> RunAsync(this ProxySite site, params string[] arguments)
    {
        await using var command = ProxyProcess.Start(site, arguments);
        var code = await command.ExitAsync();
        return new(code, command.Output.Text, command.Errors.Text);
    }

    /// <summary>Runs one to its end that reads a line from a pipe.</summary>
    public static async Task<RunResult> RunAsync(this ProxySite site, string input, string[] arguments)
    {
        await using var command = ProxyProcess.Start(site, arguments);
        await command.WriteLineAsync(input);
        command.EndInput();
        var code = await command.ExitAsync();
        return new(code, command.Output.Text, command.Errors.Text);
    }

    /// <summary>Runs one that is to succeed; returns what it printed.</summary>
    public static async Task<string> SayAsync(this ProxySite site, params string[] arguments)
    {
        var ran = await site.RunAsync(arguments);
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        return ran.Output;
    }
}
