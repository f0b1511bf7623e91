using System.Net;
using System.Net.Sockets;
using McpScript.Http.Hosting;
using Microsoft.Win32.SafeHandles;

namespace McpScript.Framework.Tests.Http;

public class PortHolderTests
{
    [Fact]
    public async Task A_process_that_constantly_opens_and_closes_files_is_found()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says who holds a port.");
        // The socket's descriptor comes after those that come and go: a search meets them first.
        var below = Open();
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        Close(below);
        using var enough = new CancellationTokenSource();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var churn = Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                Close(Open());
                first.TrySetResult();
            }
        }, TestContext.Current.CancellationToken);
        await first.Task;
        var found = Enumerable.Range(0, 50).Select(_ => PortHolder.Find(((IPEndPoint)busy.LocalEndpoint).Port)).ToArray();
        await enough.CancelAsync();
        await churn;
        Assert.All(found, holder => Assert.StartsWith($"Process {Environment.ProcessId} (", holder, StringComparison.Ordinal));
    }

    static SafeFileHandle[] Open() => [.. Enumerable.Range(0, 64).Select(_ => File.OpenHandle("/dev/null"))];

    static void Close(SafeFileHandle[] files) => Array.ForEach(files, file => file.Dispose());
}
