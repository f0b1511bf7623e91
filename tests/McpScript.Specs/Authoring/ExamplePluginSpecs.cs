using System.Net;
using System.Net.Sockets;
using System.Text;
using McpScript.Specs.Gates;
using McpScript.Testing;
using McpScript.Testing.Processes;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Authoring;

/// <summary>The example plugins, used by a client.</summary>
public class ExamplePluginSpecs
{
    static readonly string Folder = Path.Combine(BuiltProgram.DemoPlugins, "examples");

    [Fact]
    public async Task Files_are_listed_read_and_searched_below_the_roots_and_nowhere_else()
    {
        using var outside = new TestFolder();
        outside.Write("root/notes/todo.md", "Buy milk.\nCall Ada.\n");
        outside.Write("secret.txt", "secret");
        outside.Link("root/link.txt", outside["secret.txt"]);
        await using var host = await StartAsync($"roots: ['{outside["root"]}']", "files/main.csx", "files/tools.csx");
        Assert.Equal("todo.md  20 bytes", await host.CallAsync("list_files", new { path = "notes" }));
        Assert.Equal("Buy milk.\nCall Ada.\n", await host.CallAsync("read_file", new { path = "notes/todo.md" }));
        Assert.Equal("notes/todo.md:2: Call Ada.", await host.CallAsync("search_files", new { text = "ada" }));
        foreach (var path in new[] { "../secret.txt", "link.txt", outside["secret.txt"], "/etc/passwd", "gone.txt" })
            Assert.EndsWith($"There is no '{path}' in the folders that may be read.", await host.CallAsync("read_file", new { path }));
    }

    [Fact]
    public async Task The_tests_of_the_files_plugin_pass()
    {
        using var site = new ProxySite();
        Assert.Matches(@"^ok     files/files\.test\.csx\n1 test script, \d+ assertions, 0 failed$", await site.SayAsync("test", "files", "-d", Folder));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://localhost:1/")]
    [InlineData("http://[::1]:1/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://0x7f.1/")]
    public async Task Nothing_is_fetched_from_the_private_network(string url)
    {
        await using var host = await StartAsync("{}", "fetch.csx");
        var result = await host.CallForResultAsync("fetch_url", new { url });
        Assert.True(result.IsError);
        Assert.Contains("is in a private network, which this tool does not access.", ((TextContentBlock)result.Content[0]).Text);
    }

    [Fact]
    public async Task A_page_is_fetched_within_its_limits_and_redirects_are_followed()
    {
        using var web = new OnePageWeb();
        await using var host = await StartAsync("allow_private: true\nmax_bytes: 5", "fetch.csx");
        var page = (await host.CallForResultAsync("fetch_url", new { url = $"{web.Url}moved" })).StructuredContent!.Value;
        Assert.Equal((200, "Hello", true), (page.GetProperty("status").GetInt32(), page.GetProperty("text").GetString(), page.GetProperty("cut").GetBoolean()));
        Assert.EndsWith("'ftp://x' is not an http or https address.", await host.CallAsync("fetch_url", new { url = "ftp://x" }));
    }

    [Fact]
    public async Task The_database_plugin_is_read_only_and_cannot_attach_other_databases()
    {
        using var outside = new TestFolder();
        outside.Write("empty.db", "");
        await using var host = await StartAsync($"databases: {{ shop: '{outside["empty.db"]}' }}", "sqlite.csx");
        Assert.Equal("[]", await host.CallAsync("list_tables"));
        Assert.Equal("""[{"a":1,"b":"two","c":null}]""", await host.CallAsync("query_database", new { sql = "SELECT 1 AS a, 'two' AS b, NULL AS c" }));
        Assert.Contains("readonly database", await host.CallAsync("query_database", new { sql = "CREATE TABLE t (x)" }));
        Assert.Contains("too many attached databases", await host.CallAsync("query_database", new { sql = $"ATTACH '{outside["other.db"]}' AS other" }));
        Assert.EndsWith("These are the first 200 rows; there are more.",
            await host.CallAsync("query_database", new { sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n" }));
        Assert.EndsWith("Name one of the databases: shop.", await host.CallAsync("query_database", new { sql = "SELECT 1", database = "office" }));
    }

    [Fact]
    public async Task Subscribers_of_the_load_resource_are_notified_periodically()
    {
        await using var host = await StartAsync("every: 0.1", "monitor.csx");
        var client = await host.ConnectAsync(Era.Sessions);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await client.SubscribeToResourceAsync("system://load", (_, _) =>
        {
            told.TrySetResult();
            return default;
        }).WaitAsync(TestHost.Patience);
        await told.Task.WaitAsync(TestHost.Patience);
        var read = (TextResourceContents)(await client.ReadResourceAsync("system://load").AsTask().WaitAsync(TestHost.Patience)).Contents[0];
        Assert.Contains($"\"Processors\":{Environment.ProcessorCount}", read.Text);
        Assert.Equal(Environment.ProcessorCount, (await host.CallForResultAsync("system_load")).StructuredContent!.Value.GetProperty("processors").GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Notes_are_stored_found_completed_and_used_in_prompts(bool inFile)
    {
        using var outside = new TestFolder();
        await using var host = await StartAsync(inFile ? $"file: '{outside["notes.json"]}'" : "{}", "notes.csx");
        var client = await host.Client;
        Assert.Equal("Saved 'milk'.", await host.CallAsync("save_note", new { name = "milk", text = "Buy milk." }));
        await host.CallAsync("save_note", new { name = "ada", text = "Call Ada." });
        // They outlive the code that wrote them.
        Assert.True((await host.Registry.ReloadAsync("notes")).Ok);
        Assert.Equal("ada: Call Ada.", await host.CallAsync("find_notes", new { text = "call" }));
        Assert.Equal(
            "Buy milk.", ((TextResourceContents)(await client.ReadResourceAsync("note://milk").AsTask().WaitAsync(TestHost.Patience)).Contents[0]).Text);
        Assert.Equal(["milk"],
            (await client.CompleteAsync(new PromptReference { Name = "summarize_note" }, "name", "m").AsTask().WaitAsync(TestHost.Patience)).Completion.Values);
        var prompt = await client.GetPromptAsync("summarize_note", new Dictionary<string, object?> { ["name"] = "milk" }).AsTask().WaitAsync(TestHost.Patience);
        Assert.EndsWith("Buy milk.", ((TextContentBlock)prompt.Messages[0].Content).Text);
        Assert.Equal("Deleted 'milk'.", await host.CallAsync("delete_note", new { name = "milk" }));
        Assert.EndsWith("There is no note 'milk'.", await host.CallAsync("delete_note", new { name = "milk" }));
    }

    [Fact]
    public async Task The_shell_runs_commands_only_when_it_is_unlocked()
    {
        await using var gated = await GatedHost.StartAsync(
            ["shell"], ("shell.csx", File.ReadAllText(Path.Combine(Folder, "shell.csx"))), ("shell/config.yaml", "timeout: 20\n"));
        var client = await gated.SessionAsync();
        Assert.Contains("Group 'shell' is locked.", await client.TextAsync("run_command", new { command = "echo hi" }));
        await gated.UnlockAsync(client, "shell");
        var ran = await client.TextAsync("run_command", new { command = "echo hi; echo low >&2; exit 3" });
        Assert.Contains("3", ran);
        Assert.Contains("hi", ran);
        Assert.Contains("low", ran);
    }

    // The example's own files, and settings for it.
    static Task<TestHost> StartAsync(string settings, params string[] files)
    {
        var plugin = files[0].Split('/', '.')[0];
        return TestHost.StartAsync(new TestSetup { Watch = false },
            [.. files.Select(file => (file, File.ReadAllText(Path.Combine(Folder, file)))), ($"{plugin}/config.yaml", settings + "\n")]);
    }

    /// <summary>A web with one page, and one address that has moved to it.</summary>
    sealed class OnePageWeb : IDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public OnePageWeb()
        {
            _listener.Start();
            Url = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _ = ServeAsync();
        }

        public Uri Url { get; }

        public void Dispose() => _listener.Dispose();

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var caller = await _listener.AcceptTcpClientAsync();
                    using var reader = new StreamReader(caller.GetStream());
                    var asked = await reader.ReadLineAsync();
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                    {
                    }
                    var answer = asked!.Contains("/moved") ? $"302 Found\r\nLocation: {Url}\r\nContent-Length: 0"
                        : "200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12";
                    await caller.GetStream().WriteAsync(
                        Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nConnection: close\r\n\r\n{(asked.Contains("/moved") ? "" : "Hello, Ada!\n")}"));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Disposed: no more callers.
            }
        }
    }
}
