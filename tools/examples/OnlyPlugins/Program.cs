using McpScript;
using McpScript.CallLog;
using McpScript.Configuration;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

// No transport: the program loads plugins and calls their tools itself.
using var loggers = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
var config = new McpScriptConfig { PluginDirs = [Path.GetFullPath("plugins")], Autoload = [], ToolLoggers = [] };
await using var server = McpScriptServer.Create(config, loggers, new() { ToolLoggers = [new TextToolLogger("calls.log")] });
await server.StartAsync();

foreach (var name in args)
{
    var loaded = await server.Registry.LoadAsync(name);
    Console.WriteLine(loaded.Ok ? $"{name}: {string.Join(", ", loaded.Plugin!.Tools)}" : loaded.Error);
}
await using var client = await server.ConnectAsync();
foreach (var tool in await client.ListToolsAsync())
{
    var result = await tool.CallAsync();
    Console.WriteLine($"{tool.Name} says: {string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text))}");
}
