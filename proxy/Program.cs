using System.CommandLine;
using McpScript.Proxy.Commands;

var serve = new ServeOptions();
var root = new RootCommand("An MCP server whose tools come from C# scripts that change while clients stay connected. Without a command it serves.");
serve.AddTo(root);
root.SetAction(ServeCommand.RunAsync(serve));
root.Subcommands.Add(ServeCommand.Create(serve));
// The program ends on signals by itself, draining first.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
