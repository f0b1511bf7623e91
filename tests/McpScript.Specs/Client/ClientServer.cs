using McpScript.Specs.Management;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Client;

/// <summary>A server for the client's specs: the examples of features, and some tools that wait for what a spec does.</summary>
public sealed class ClientServer : IAsyncLifetime
{
    static readonly string[] Features =
        ["completion", "elicitation", "logging", "media", "raw_schema", "roots", "sampling", "structured", "subscription", "templates"];

    const string Waiting = """
        // Each waits for a file in the working folder, so that a spec says how far it goes.
        mcp.Tool("bake", "Bakes a cake.", async (IProgress<ProgressNotificationValue> progress, CancellationToken ct) =>
        {
            progress.Report(new() { Progress = 1, Total = 3, Message = "mixing" });
            while (!File.Exists("baked"))
                await Task.Delay(20, ct);
            return "A cake.";
        });
        mcp.Tool("wait_for_ever", "Waits until it is cancelled.", async (CancellationToken ct) => { await Task.Delay(Timeout.Infinite, ct); return "never"; });
        mcp.Tool("fail", "Fails.", string () => throw new McpException("The oven is cold."));
        mcp.Tool("word", "A word of the environment.", () => Environment.GetEnvironmentVariable("SPEC_WORD") ?? "none");
        mcp.Tool("greet", "Greet a person by name.", (string name) => $"Hello, {name}!");
        mcp.Tool("light", "Switches the light.", (bool on = true, int times = 1) => $"{(on ? "on" : "off")} x {times}");
        mcp.Tool("die", "Ends the server.", string () => { Environment.Exit(3); return ""; });
        """;

    /// <summary>The folder that it runs in.</summary>
    public ProxySite Site { get; } = new([("waiting.csx", Waiting),
        .. Features.Select(name => ($"{name}.csx", File.ReadAllText(Path.Combine(BuiltProgram.DemoPlugins, "examples", "features", $"{name}.csx"))))]);

    /// <summary>Its MCP endpoint.</summary>
    public string Url { get; private set; } = "";

    ProxyProcess? Process { get; set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Site.Environment["SPEC_WORD"] = "passed on";
        Process = await ProxyProcess.StartReadyAsync(Site, "serve", "--http", "0", "-d", Site.Plugins, "--watch");
        Url = (await Process.ReadyAsync()).Mcp!.ToString();
    }

    /// <summary>Runs the client to its end, away from any terminal.</summary>
    internal async Task<RunResult> RunAsync(params string[] arguments)
    {
        await using var client = ProxyProcess.Start(Site, BuiltProgram.Client, arguments);
        client.EndInput();
        return new(await client.ExitAsync(), client.Output.Text, client.Errors.Text);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        Site.Dispose();
    }
}
