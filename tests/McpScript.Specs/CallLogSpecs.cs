using System.Text.Json;
using McpScript.CallLog;
using McpScript.Configuration;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs;

public class CallLogSpecs
{
    const string Demo = """
        mcp.Tool("echo", "Says it again.", (string message) => $"echo: {message}");
        mcp.Tool("add", "Adds.", (int a, int b) => a + b);
        mcp.Tool("fail", "Fails.", () => { throw new InvalidOperationException("disk on fire"); });
        mcp.Tool("sorry", "Explains.", () => { throw new ModelContextProtocol.McpException("not today"); });
        mcp.Tool("login", "Logs in.", (string user, string password, int code) => $"{user} is in with {password}");
        mcp.Tool("context", "Uses its context.", (ModelContextProtocol.Server.McpServer server, CancellationToken ct) => "fine");
        """;

    [Fact]
    public async Task R7_Each_call_is_an_entry_with_its_plugin_and_how_long_it_took()
    {
        await using var host = await TestHost.StartAsync(("demo.csx", Demo));
        await host.CallAsync("echo", new { message = "hi" });
        await host.CallAsync("context");

        var entries = await EntriesAsync(host);
        Assert.Equal(["echo", "context"], entries.Select(entry => entry.GetProperty("tool").GetString()));
        Assert.Equal("""{"message":"hi"}""", entries[0].GetProperty("params").GetRawText());
        Assert.Equal("echo: hi", entries[0].GetProperty("result").GetString());
        Assert.All(entries, entry =>
        {
            Assert.True(entry.GetProperty("ok").GetBoolean());
            Assert.Equal("demo", entry.GetProperty("plugin").GetString());
            Assert.True(entry.GetProperty("duration_ms").GetDouble() > 0);
            Assert.Matches(@"T\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$", entry.GetProperty("ts").GetString());
            Assert.False(entry.TryGetProperty("error", out _));
        });
    }

    [Theory]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    [Trait("Fault", "B-F15")]
    public async Task An_entry_names_the_client_and_the_request(string era)
    {
        await using var host = await TestHost.StartAsync(("demo.csx", Demo));
        await using var http = await HttpTestHost.StartAsync(host);
        var client = await http.ConnectAsync(era, options => options.ClientInfo = new() { Name = "Spec client", Version = "1.2.3" });
        await client.SayAsync("echo", ("message", "hi"));

        var entry = Assert.Single(await EntriesAsync(host));
        Assert.Equal("Spec client 1.2.3", Text(entry, "client"));
        Assert.NotEmpty(Text(entry, "request")!);
        Assert.Equal(era == Era.Sessions ? client.SessionId![..8] : null, Text(entry, "session"));
    }

    [Fact]
    public async Task R7_A_failed_call_is_an_entry_with_the_error()
    {
        await using var host = await TestHost.StartAsync(("demo.csx", Demo));
        await host.CallAsync("fail");
        await host.CallAsync("sorry");
        await host.CallAsync("add", new { a = 1, b = "two" });
        await Assert.ThrowsAsync<McpProtocolException>(() => host.CallAsync("nope", new { x = 1 }));

        Assert.Equal(
            [
                ("fail", "exception", "demo", "InvalidOperationException: disk on fire"),
                ("sorry", "tool_error", "demo", "McpException: not today"),
                ("add", "invalid_arguments", "demo", "The arguments of 'add' do not fit.\n- 'b' should be an integer, but the string \"two\" came."),
                ("nope", "unknown_tool", null, "McpProtocolException: Unknown tool: 'nope'"),
            ],
            (await EntriesAsync(host)).Select(entry => (Text(entry, "tool"), Text(entry, "error"), Text(entry, "plugin"), Text(entry, "result"))));
    }

    [Fact]
    public async Task R7_Calls_of_the_hosts_own_tools_are_entries_and_proxy_run_is_the_call_that_it_dispatches()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Configure = config => config with { DynamicDispatch = true } }, ("demo.csx", Demo));
        await host.SaveAsync("late.csx", """mcp.Tool("late", "Comes later.", (string x) => x);""");
        await host.CallAsync("proxy__status");
        await host.CallAsync("proxy__run", new { tool = "late", arguments = new { x = "y" } });
        await host.CallAsync("proxy__run", new { tool = "echo", arguments = new { message = "static" } });

        Assert.Equal(
            [("proxy__status", null, null), ("late", "late", null), ("proxy__run", null, "refused")],
            (await EntriesAsync(host)).Select(entry => (Text(entry, "tool"), Text(entry, "plugin"), Text(entry, "error"))));
    }

    [Fact]
    public async Task A_call_that_waits_for_its_client_while_its_plugin_is_reloaded_is_one_cancelled_entry()
    {
        const string asking = """
            mcp.Tool("ask", "Asks.", async (McpServer server, CancellationToken ct) =>
            {
                await server.ElicitAsync(
                    new() { Message = "Well?", RequestedSchema = new() { Properties = { ["text"] = new ElicitRequestParams.StringSchema() } } }, ct);
                return "answered";
            });
            """;
        await using var host = await ReachedHost.StartAsync(Way.HttpStateless, ("ask.csx", asking));
        var client = await host.ConnectAsync(options => options.Handlers.ElicitationHandler = async (_, _) =>
        {
            await host.Host.SaveAsync("ask.csx", asking + "// edited");
            return new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement>() };
        });
        await client.SayAsync("ask");

        var entry = Assert.Single(await EntriesAsync(host.Host));
        Assert.Equal(("ask", "ask", "cancelled"), (Text(entry, "tool"), Text(entry, "plugin"), Text(entry, "error")));
        Assert.Contains("reloaded", Text(entry, "result"));
    }

    [Fact]
    public async Task S8_Secrets_are_not_in_the_file()
    {
        await using var host = await TestHost.StartAsync(("demo.csx", Demo));
        await host.CallAsync("login", new { user = "ann", password = "hunter22", code = 1 });
        await host.CallAsync("login", new { user = "ann", password = new { deep = "hunter22" }, code = "x" });
        await host.CallAsync("login", new { user = "ann", Pass_Word = "hunter22", code = 1 });
        await Assert.ThrowsAsync<McpProtocolException>(() => host.CallAsync("gate_unlock", new { group = "shell", code = "503302" }));

        Assert.Equal(4, (await EntriesAsync(host)).Length);
        var text = Read(host);
        Assert.DoesNotContain("hunter22", text);
        Assert.DoesNotContain("503302", text);
        Assert.Contains("ann is in with [redacted]", text);
        Assert.Contains("shell", text);
    }

    [Fact]
    public async Task With_shape_the_file_has_no_values_and_with_off_there_is_no_file_but_events_are_sent()
    {
        await using var shape = await TestHost.StartAsync(
            new TestSetup { Configure = config => config with { ToolLog = ToolLogDetail.Shape } }, ("demo.csx", Demo));
        await shape.CallAsync("echo", new { message = "private" });
        var entry = Assert.Single(await EntriesAsync(shape));
        Assert.Equal(("""{"message":"string(7)"}""", "string(13)"), (entry.GetProperty("params").GetRawText(), Text(entry, "result")));
        Assert.DoesNotContain("private", Read(shape));

        await using var off = await TestHost.StartAsync(
            new TestSetup { Configure = config => config with { ToolLog = ToolLogDetail.Off } }, ("demo.csx", Demo));
        await off.CallAsync("echo", new { message = "before the first follower" });
        using var follower = off.Server.Events.Follow();
        await off.CallAsync("add", new { a = 1, b = 2 });
        using var patience = new CancellationTokenSource(TestHost.Patience);
        var told = await follower.EventsAsync(patience.Token).FirstAsync(patience.Token);
        Assert.Equal("call", told.Kind);
        Assert.Contains("tool = add, plugin = demo", told.Data.ToString());
        Assert.False(Directory.Exists(off.Folder.Logs));
    }

    [Fact]
    public async Task The_configuration_chooses_loggers_folder_and_names()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { ConfigYaml = "tool_loggers: [jsonl, text, transcript]\ntool_log_dir: chosen\ntool_log_redact: [message]\n" }, ("demo.csx", Demo));
        await host.CallAsync("echo", new { message = "private" });
        await host.Server.CallLog!.FlushAsync();

        var chosen = Path.Combine(Path.GetDirectoryName(host.Folder.ConfigFile)!, "chosen");
        string[] files = [
            Path.Combine(chosen, "tool_calls.jsonl"), Path.Combine(chosen, "tool_calls.log"), Directory.GetFiles(Path.Combine(chosen, "transcripts")).Single()];
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(file);
            Assert.Contains("[redacted]", text);
            Assert.DoesNotContain("private", text);
            Assert.Contains(host.Log.Lines, line => line.EndsWith($"Tool call log: {file}", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_reported_and_calls_continue()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Prepare = folder => File.WriteAllText(folder.Logs, "a file where a folder should be") }, ("demo.csx", Demo));

        Assert.Equal("echo: hi", await host.CallAsync("echo", new { message = "hi" }));
        await host.Server.CallLog!.FlushAsync();

        Assert.Equal(1, host.Server.CallLog.Dropped);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)
            && line.Contains($"Tool call log: '{host.Folder.Logs}' cannot be written"));
    }

    [Fact]
    public async Task A_host_gets_the_calls_for_its_own_loggers()
    {
        var mine = new CollectingLogger();
        await using var host = await TestHost.StartAsync(new TestSetup { Options = new() { ToolLoggers = [mine] } }, ("demo.csx", Demo));
        await host.CallAsync("login", new { user = "ann", password = "hunter22", code = 1 });
        await host.Server.CallLog!.FlushAsync();

        var call = Assert.Single(mine.Calls);
        Assert.Equal(("login", "demo", "ann is in with [redacted]"), (call.Tool, call.Plugin, call.Result));
    }

    [Theory]
    [InlineData(ToolLogDetail.Off, 0)]
    [InlineData(ToolLogDetail.Full, 1)]
    public async Task A_logger_of_the_host_is_disposed_with_the_server_also_if_nothing_is_logged(ToolLogDetail detail, int calls)
    {
        var mine = new CollectingLogger();
        var setup = new TestSetup { Options = new() { ToolLoggers = [mine] }, Configure = config => config with { ToolLog = detail } };
        await using (var host = await TestHost.StartAsync(setup, ("demo.csx", Demo)))
        {
            await host.CallAsync("echo", new { message = "hi" });
            Assert.False(mine.IsDisposed);
        }

        Assert.True(mine.IsDisposed);
        Assert.Equal(calls, mine.Calls.Count);
    }

    internal static async Task<JsonElement[]> EntriesAsync(TestHost host)
    {
        await host.Server.CallLog!.FlushAsync().WaitAsync(TestHost.Patience);
        return [.. Read(host).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    static string Read(TestHost host) => File.ReadAllText(Path.Combine(host.Folder.Logs, "tool_calls.jsonl"));

    static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    sealed class CollectingLogger : IToolCallLogger, IDisposable
    {
        public List<ToolCall> Calls { get; } = [];

        public bool IsDisposed { get; private set; }

        public void Write(ToolCall call) => Calls.Add(call);

        public void Dispose() => IsDisposed = true;
    }
}
