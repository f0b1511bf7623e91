using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>One program with three plugins loaded and more to load, for all specs of a collection.</summary>
public sealed class ManagedProxy : IAsyncLifetime
{
    static readonly string[] Autoload = ["echo", "full", "ops"];

    string[] _files = [];

    /// <summary>The folder that it runs in.</summary>
    public ProxySite Site { get; } = new(
        ("echo.csx", """
            mcp.Tool("echo", "Echoes.", (string message) => $"echo: {message}");
            mcp.Tool("echo_upper", "Echoes loudly.", (string message) => $"ECHO: {message.ToUpperInvariant()}");
            """),
        ("full.csx", """
            mcp.Tool("full", "Is full.", () => "full");
            mcp.Resource("full://a", () => "a");
            mcp.ResourceTemplate("full://{id}", (string id) => id);
            mcp.Prompt("full_ask", "Asks.", () => "?");
            """),
        ("ops.csx", """
            mcp.Command("add", "Adds.", (p, args) => args["a"].GetInt32() + args["b"].GetInt32());
            mcp.Command("ends", "Ends by itself.", async (p, args, ct) => { await Task.Yield(); throw new TaskCanceledException("took too long"); return 0; });
            mcp.Command("fails", "Fails.", p => { if (p.Plugins.Count > 0) throw new InvalidOperationException("no luck"); return 0; });
            mcp.Command("stats", "Count the plugins.", p => $"{p.Plugins.Count} plugins");
            """),
        ("greet.csx", """mcp.Tool("greet", "Greets.", (string name) => $"Hello, {name}!");"""),
        ("many.csx", """foreach (var i in new[] { 1, 2, 3, 4, 5, 6, 7 }) mcp.Tool($"many_{i}", "One of many.", () => i);"""),
        ("broken.csx", """
            // Not yet.
            mcp.Tool("broken", "Is broken.", () => missing + 1);
            """),
        ("thrower.csx", """throw new InvalidOperationException("no such luck");"""),
        ("clash.csx", """mcp.Tool("echo", "Is taken.", () => 1);"""));

    /// <summary>The program.</summary>
    public ProxyProcess Process { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _files = Directory.GetFiles(Site.Plugins);
        Process = await ProxyProcess.StartReadyAsync(Site, ["serve", "--http", "0", "-a", .. Autoload]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        Site.Dispose();
    }

    /// <summary>Unloads and deletes what a spec has added; plugins that were loaded at start stay, because a reload would change them.</summary>
    public async Task RestoreAsync()
    {
        foreach (var file in Directory.GetFiles(Site.Plugins).Except(_files))
            File.Delete(file);
        var plugins = (await Process.GetAsync("/proxy/status")).Json["plugins"]!.AsObject().Select(plugin => plugin.Key);
        foreach (var plugin in plugins.Except(Autoload))
            await Process.ChangeAsync("unload", plugin);
    }

    /// <summary>Its status, once nothing is on its way out any more: until then two looks may differ.</summary>
    internal async Task<HttpAnswer> StatusAtRestAsync()
    {
        var status = await Process.GetAsync("/proxy/status");
        await Poll.UntilAsync(async () =>
        {
            status = await Process.GetAsync("/proxy/status");
            return status.Json["retired"]!.AsArray().Count == 0 && (int)status.Json["live_generations"]! == (int)status.Json["total_plugins"]!;
        }, () => $"a proxy at rest; its status is {status.Text}");
        return status;
    }

    /// <summary>Specs that share it, one after the other.</summary>
    [CollectionDefinition(nameof(ManagedProxy))]
    public sealed class Shared : ICollectionFixture<ManagedProxy>;
}
