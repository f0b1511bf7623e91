using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace McpScript.CommandLine;

/// <summary>Runs command lines.</summary>
static class Invocation
{
    const int Usage = 2;

    /// <summary>Runs a command line; prints errors in it to stderr.</summary>
    /// <param name="root">The program's commands.</param>
    /// <param name="program">The program's name, for the hint about <c>--help</c>.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RootCommand root, string program, string[] arguments)
    {
        UseInvariantCulture();
        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            // Instead of the library's default, which prints the complete help to stdout, where a client expects the protocol, and ends with 1.
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync($"'{program} --help' lists the options.");
            return Usage;
        }
        // The program handles signals itself: it drains running calls first.
        return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null });
    }

    // The program's own texts do not depend on the language of the machine. Plugin code runs in the configured culture.
    static void UseInvariantCulture()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }
}
