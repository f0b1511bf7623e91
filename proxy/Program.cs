using System.CommandLine;
using McpScript.CommandLine;
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
root.Subcommands.Add(new ChangeCommand("reload", "Reload a plugin in a running proxy."));
root.Subcommands.Add(new InstallCommand());
root.Subcommands.Add(new UninstallCommand());
root.Subcommands.Add(new UpdateCommand());
root.Subcommands.Add(new PackagesCommand());
root.Subcommands.Add(new CommandsCommand());
root.Subcommands.Add(new RunCommandCommand());
root.Subcommands.Add(new LogsCommand());
root.Subcommands.Add(new EventsCommand());
root.Subcommands.Add(new CompletionCommand("mcp-proxy"));
root.Subcommands.Add(GateCommand.Create());
root.Subcommands.Add(new NewCommand());
root.Subcommands.Add(new TestCommand());
root.Subcommands.Add(new CheckCommand());
root.Subcommands.Add(new InitCommand());
root.Subcommands.Add(new ConfigCommand());

return await Invocation.RunAsync(root, "mcp-proxy", args);
