using System.CommandLine;
using McpScript.CommandLine;
using McpScript.Factory;

var options = new FactoryOptions();
var root = new RootCommand("A static MCP server: a list of plugins, loaded once at the start. It serves over stdio unless --http is given.");
options.AddTo(root);
root.SetAction((parsed, _) => ServerRun.RunAsync(() => StaticServer.Create(options.Read(parsed))));
root.Subcommands.Add(new CompletionCommand("mcp-factory"));

return await Invocation.RunAsync(root, "mcp-factory", args);
