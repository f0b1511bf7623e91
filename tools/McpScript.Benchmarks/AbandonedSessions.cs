using System.Diagnostics;
using System.Text;

namespace McpScript.Benchmarks;

/// <summary>Memory of sessions that clients open and abandon, and whether it is released after the idle timeout.</summary>
static class AbandonedSessions
{
    const int IdleSeconds = 5;

    const string Initialize =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"gone","version":"1"}}}
        """;

    /// <summary>Runs the measurement.</summary>
    /// <returns>0 if all sessions were closed after the idle timeout; otherwise 1.</returns>
    public static async Task<int> RunAsync(int sessions, int rounds, CancellationToken cancellationToken)
    {
        await using var proxy = await ProxyUnderTest.StartWithAsync($"session_idle_timeout: {IdleSeconds}",
            ("echo.csx", """mcp.Tool("echo", "Says it again.", (string message) => message);"""));
        using var http = new HttpClient();
        // The first client causes one-time allocations, which are not measured.
        await AbandonAsync(http, proxy.Endpoint, cancellationToken);
        await WaitForEndAsync(proxy, cancellationToken);
        var before = proxy.ResidentMiB;
        Console.WriteLine($"before         {before:0} MiB resident, idle timeout {IdleSeconds} s");
        var left = 0;
        for (var round = 1; round <= rounds; round++)
        {
            for (var opened = 0; opened < sessions; opened++)
                await AbandonAsync(http, proxy.Endpoint, cancellationToken);
            var (open, full) = (await proxy.SessionsAsync(), proxy.ResidentMiB);
            left = await WaitForEndAsync(proxy, cancellationToken);
            Console.WriteLine($"round {round,-2}       {open} open: {full:0} MiB; {left} left after the timeout: {proxy.ResidentMiB:0} MiB");
        }
        return left == 0 ? 0 : 1;
    }

    static async Task AbandonAsync(HttpClient http, Uri endpoint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(Initialize, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    // The proxy closes idle sessions every few seconds.
    static async Task<int> WaitForEndAsync(ProxyUnderTest proxy, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(200, cancellationToken))
            if (await proxy.SessionsAsync() is var left && (left == 0 || waited.Elapsed > TimeSpan.FromSeconds(IdleSeconds + 60)))
                return left;
    }
}
