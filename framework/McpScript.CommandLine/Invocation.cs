using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace McpScript.CommandLine;

/// <summary>Runs what a command line asks for.</summary>
static class Invocation
{
    const int Usage = 2;

    /// <summary>Runs it; a line that cannot be understood is told on stderr.</summary>
    /// <param name="root">The program's commands.</param>
    /// <param name="program">Its name, for the hint where to look.</param>
    /// <param name="arguments">What was typed.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RootCommand root, string program, string[] arguments)
    {
        UseInvariantCulture();
        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            // Not the library's way, which prints all of the help to stdout, where a client waits for the protocol, and ends with 1.
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync($"'{program} --help' lists the options.");
            return Usage;
        }
        // The program ends on signals by itself, draining first.
        return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null });
    }

    // The program's own texts do not depend on the machine's language. Plugin code runs in the culture of the configuration.
    static void UseInvariantCulture()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }
}
