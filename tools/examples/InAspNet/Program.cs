using McpScript;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddScoped<Greeter>();
builder.Services.AddMcpScript(configure: mcp =>
    mcp.Tool("hello", "Greet a person by name.", (Greeter greeter, string name) => greeter.Greet(name)));

var app = builder.Build();
app.MapGet("/", (Greeter greeter) => greeter.Greet("browser"));
app.MapMcpScript();        // at /mcp
app.MapMcpScriptHealth();  // at /health, /health/ready and so on
await app.RunAsync();

/// <summary>A service of the application, for pages and tools alike.</summary>
sealed class Greeter(ILogger<Greeter> log)
{
    /// <summary>Greets.</summary>
    public string Greet(string name)
    {
        log.LogInformation("Greeting {Name}.", name);
        return $"Hello, {name}!";
    }
}
