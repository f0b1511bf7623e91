using System.CommandLine;
using System.CommandLine.Invocation;
using McpScript.Proxy.Commands;

var serve = new ServeOptions();
var root = new RootCommand("An MCP server whose tools come from C# scripts that change while clients stay connected. Without a command it serves.");
serve.AddTo(root);
root.SetAction(ServeCommand.RunAsync(serve));
root.Subcommands.Add(ServeCommand.Create(serve));

root.Subcommands.Add(new StatusCommand());
root.Subcommands.Add(new ListCommand());
root.Subcommands.Add(new ToolsCommand());
root.Subcommands.Add(new ChangeCommand("load", "Load a plugin into a running proxy."));
root.Subcommands.Add(new ChangeCommand("unload", "Unload a plugin from a running proxy."));
root.Subcommands.Add(new ChangeCommand("reload", "Make a running proxy reload a plugin."));
root.Subcommands.Add(new InstallCommand());
root.Subcommands.Add(new UninstallCommand());
root.Subcommands.Add(new UpdateCommand());
root.Subcommands.Add(new PackagesCommand());
root.Subcommands.Add(new CommandsCommand());
root.Subcommands.Add(new RunCommandCommand());
root.Subcommands.Add(new LogsCommand());
root.Subcommands.Add(new EventsCommand());

var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    // Not the library's way, which prints all of the help to stdout, where a client waits for the protocol, and ends with 1.
    foreach (var error in parsed.Errors)
        await Console.Error.WriteLineAsync(error.Message);
    await Console.Error.WriteLineAsync("'mcp-proxy --help' lists the options.");
    return 2;
}
// The program ends on signals by itself, draining first.
return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null });
