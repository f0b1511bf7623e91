using McpScript;
using McpScript.Configuration;

var config = McpScriptConfig.Load();
await using var server = McpScriptServer.Create(config);
server.Tool("hello", "Greet a person by name.", (string name) => $"Hello, {name}!");
server.Resource("clock://now", () => DateTimeOffset.Now.ToString("O"));
server.Prompt("summarize", "Summarize a text.", (string text) => $"Please summarize the following text concisely:\n\n{text}");
await server.RunAsync();
