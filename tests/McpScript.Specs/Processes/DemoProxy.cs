using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

/// <summary>One program serving the demo plugins over HTTP, for all specs of a class that change nothing.</summary>
public sealed class DemoProxy : IAsyncLifetime
{
    readonly ProxySite _site = new();

    /// <summary>The program.</summary>
    public ProxyProcess Process { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Process = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0", "-d", BuiltProgram.DemoPlugins);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        _site.Dispose();
    }
}
