using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs;

/// <summary>The author's side: what a tool may take and return, and how it is described.</summary>
public class AuthorToolSpecs
{
    [Fact]
    public async Task Tools_take_and_return_C_sharp_types()
    {
        await using var host = await TestHost.StartAsync(("kinds.csx", """
            record Line(string Item, int Count = 1, double? Price = null);
            record Order(string Customer, Line[] Lines);
            record Receipt(string Customer, int Items, DateTime? Paid, Size Size);
            enum Size { Small, VeryLarge }

            mcp.Tool("order", "Takes an order.", async (Order order) =>
            {
                await Task.Yield();
                return new Receipt(order.Customer, order.Lines.Sum(line => line.Count), null, Size.VeryLarge);
            });
            mcp.Tool("optional", "Has optional arguments.", (string word, string? note, int times = 2, int? most = null, Size size = Size.Small) =>
                $"{word} {note ?? "-"} {times} {most?.ToString() ?? "-"} {size}");
            mcp.Tool("list", "Returns several.", (List<int> numbers) => numbers.Select(number => number * 2).ToArray());
            mcp.Tool("map", "Takes a map.", (Dictionary<string, int> counts) => counts.Values.Sum());
            mcp.Tool("nothing", "Returns nothing.", () => { });
            mcp.Tool("later", "Returns nothing, later.", async () => await Task.Yield());
            mcp.Tool("json", "Takes anything.", (JsonElement any) => any.ValueKind.ToString());
            """));

        var order = await host.CallForResultAsync(
            "order", new { order = new { customer = "Ann", lines = new object[] { new { item = "tea", count = 2 }, new { item = "milk" } } } });
        Assert.Equal("""{"customer":"Ann","items":3,"paid":null,"size":"VeryLarge"}""", order.StructuredContent?.GetRawText());
        Assert.Equal("a b 3 4 VeryLarge", await host.CallAsync("optional", new { word = "a", note = "b", times = 3, most = 4, size = "VeryLarge" }));
        Assert.Equal("a - 2 - Small", await host.CallAsync("optional", new { word = "a", note = (string?)null }));
        Assert.Equal("[2,4]", await host.CallAsync("list", new { numbers = new[] { 1, 2 } }));
        Assert.Equal("5", await host.CallAsync("map", new { counts = new { a = 2, b = 3 } }));
        Assert.False((await host.CallForResultAsync("nothing")).IsError ?? false);
        Assert.False((await host.CallForResultAsync("later")).IsError ?? false);
        Assert.Equal("Array", await host.CallAsync("json", new { any = Array.Empty<int>() }));

        var tools = (await (await host.Client).ListToolsAsync()).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool);
        var receipt = tools["order"].OutputSchema!.Value.GetProperty("properties");
        Assert.Equal(["customer", "items", "paid", "size"], receipt.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["Small", "VeryLarge"], receipt.GetProperty("size").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(["word"], Strings(tools["optional"].InputSchema.GetProperty("required")).Where(name => name != "note"));
        Assert.Null(tools["optional"].OutputSchema);
    }

    [Fact]
    public async Task A_wrong_argument_is_explained_so_that_a_model_can_correct_itself()
    {
        await using var host = await TestHost.StartAsync(("strict.csx", """
            enum Size { Small, Large }
            mcp.Tool("strict", "Is strict.", (string word, int count, Size size) => "never");
            """));
        var result = await host.CallForResultAsync("strict", new { word = 5, size = "Huge", colour = "red" });
        var text = Assert.IsType<TextContentBlock>(result.Content.Single()).Text;
        Assert.True(result.IsError);
        Assert.StartsWith("The arguments of 'strict' do not fit.", text);
        foreach (var name in new[] { "'word'", "'count' is missing", "'size'", "Small", "'colour' is not an argument" })
            Assert.Contains(name, text);
    }

    [Fact]
    public async Task A_tool_can_take_the_call_its_server_its_progress_and_its_cancellation()
    {
        var door = new Turnstile();
        await using var host = await TestHost.StartAsync(door, ("given.csx", """
            mcp.Tool("who", "", (McpServer server, RequestContext<CallToolRequestParams> call, int number) =>
                $"{server.ServerOptions.ServerInfo?.Name} {call.Params?.Name} {number}");
            mcp.Tool("steps", "", async (Turnstile door, IProgress<ProgressNotificationValue> progress) =>
            {
                for (var i = 1; i <= 3; i++)
                    progress.Report(new() { Progress = i, Total = 3, Message = $"step {i}" });
                await door.PassAsync();
                return "done";
            });
            mcp.Tool("waits", "", async (CancellationToken cancellation) =>
            {
                cancellation.Register(() => mcp.Logger.LogInformation("cancelled"));
                mcp.Logger.LogInformation("waiting");
                await Task.Delay(Timeout.Infinite, cancellation);
            });
            """));
        Assert.Equal("MCP Server who 7", await host.CallAsync("who", new { number = 7 }));
        var schema = (await (await host.Client).ListToolsAsync()).Single(tool => tool.Name == "who").JsonSchema;
        Assert.Equal(["number"], schema.GetProperty("properties").EnumerateObject().Select(property => property.Name));

        // The answer may overtake the last report, whose handler is removed by then: so the tool waits until all reports are received.
        var steps = new ConcurrentQueue<string>();
        var client = await host.Client;
        var stepping = client.CallToolAsync("steps", progress: new Reports(value => steps.Enqueue($"{value.Progress}/{value.Total} {value.Message}"))).AsTask();
        await TestHost.UntilAsync(() => steps.Count == 3, "all steps are received");
        door.Open();
        await stepping.WaitAsync(TestHost.Patience);
        Assert.Equal(["1/3 step 1", "2/3 step 2", "3/3 step 3"], steps.Order());

        var calls = 0;
        foreach (var era in new[] { ListRecorder.SessionEra, ListRecorder.StatelessEra })
        {
            // By hand: the SDK's client forgets to tell the server when its token fires.
            var other = await host.ConnectAsync(era);
            var call = other.SendRequestAsync(
                new() { Id = new($"call {++calls}"), Method = RequestMethods.ToolsCall, Params = new JsonObject { ["name"] = "waits" } });
            await TestHost.UntilAsync(() => host.Log.Lines.Count(line => line == "Information [plugin.given] waiting") == calls, "the tool is waiting");
            await other.SendNotificationAsync(NotificationMethods.CancelledNotification, new CancelledNotificationParams { RequestId = new($"call {calls}") });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            await TestHost.UntilAsync(() => host.Log.Lines.Count(line => line == "Information [plugin.given] cancelled") == calls, "the tool is cancelled");
        }
    }

    [Fact]
    public async Task A_tool_can_return_content_blocks_and_whole_results()
    {
        await using var host = await TestHost.StartAsync(("blocks.csx", """
            mcp.Tool("text", "", () => new TextContentBlock { Text = "a block" });
            mcp.Tool("several", "",
                () => new ContentBlock[] { new TextContentBlock { Text = "first" }, ImageContentBlock.FromBytes(new byte[] { 1, 2, 3 }, "image/png") });
            mcp.Tool("whole", "", () => new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = "not today" }] });
            """));
        Assert.Equal("a block", await host.CallAsync("text"));
        var several = await host.CallForResultAsync("several");
        Assert.Equal(["text", "image"], several.Content.Select(block => block.Type));
        Assert.Equal("image/png", ((ImageContentBlock)several.Content[1]).MimeType);
        var whole = await host.CallForResultAsync("whole");
        Assert.Equal((true, "not today"), (whole.IsError, ((TextContentBlock)whole.Content.Single()).Text));
        Assert.All(await (await host.Client).ListToolsAsync(), tool => Assert.Null(tool.ProtocolTool.OutputSchema));
    }

    [Fact]
    public async Task Title_annotations_and_meta_are_listed_as_given()
    {
        await using var host = await TestHost.StartAsync(("noted.csx", """
            mcp.Tool("noted", "Is described.", () => 1,
                new() { Title = "A Title", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, Meta = new() { ["kind"] = "test" } });
            [McpServerTool(Title = "By attribute", ReadOnly = true), Description("Described by attribute.")] int tagged() => 1;
            """));
        var tools = (await (await host.Client).ListToolsAsync()).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool);
        var noted = tools["noted"];
        Assert.Equal("A Title", noted.Title);
        Assert.Equal("Is described.", noted.Description);
        Assert.Equal((true, false, true, false),
            (noted.Annotations?.ReadOnlyHint, noted.Annotations?.DestructiveHint, noted.Annotations?.IdempotentHint, noted.Annotations?.OpenWorldHint));
        Assert.Equal("test", noted.Meta?["kind"]?.ToString());
        Assert.Equal(
            ("By attribute", "Described by attribute.", true), (tools["tagged"].Title, tools["tagged"].Description, tools["tagged"].Annotations?.ReadOnlyHint));
    }

    [Fact]
    public async Task The_sdks_attributes_work_on_top_level_methods_and_on_classes()
    {
        await using var host = await TestHost.StartAsync(("tagged.csx", """
            int calls = 0;
            [McpServerTool] int add(int a, int b) => a + b;
            [McpServerTool] int count() => ++calls;
            [McpServerPrompt(Name = "ask")] static string Ask(string about) => $"What of {about}?";
            [McpServerResource(UriTemplate = "tagged://status", Name = "status", MimeType = "text/plain")] string Status() => "up";

            class Words(string word) { public string Word => word; }
            mcp.Services.AddSingleton(new Words("injected"));
            [McpServerToolType] class Speaker(Words words) { [McpServerTool(Name = "speak")] public string Speak() => words.Word; }
            [McpServerPromptType] static class Prompts { [McpServerPrompt(Name = "static_ask")] public static string Ask() => "static"; }
            [McpServerResourceType] class Items
            {
                [McpServerResource(UriTemplate = "tagged://items/{id}", Name = "item")] public string Item(int id) => $"item {id}";
            }
            """));
        var client = await host.Client;
        Assert.Equal(["add", "count", "speak"], await host.ToolsAsync());
        Assert.Equal("5", await host.CallAsync("add", new { a = 2, b = 3 }));
        Assert.Equal(("1", "2"), (await host.CallAsync("count"), await host.CallAsync("count")));
        Assert.Equal("injected", await host.CallAsync("speak"));
        Assert.Equal("What of tea?", TextOf(await client.GetPromptAsync("ask", new Dictionary<string, object?> { ["about"] = "tea" })));
        Assert.Equal("static", TextOf(await client.GetPromptAsync("static_ask")));
        Assert.Equal("up", TextOf(await client.ReadResourceAsync("tagged://status")));
        Assert.Equal("item 7", TextOf(await client.ReadResourceAsync("tagged://items/7")));
    }

    [Fact]
    public async Task XML_comments_describe_tools_prompts_and_their_parameters()
    {
        await using var host = await TestHost.StartAsync(("documented.csx", """
            /// <summary>Adds two
            /// numbers.</summary>
            /// <param name="a">The first one.</param>
            /// <param name="b">The <c>second</c> one.</param>
            [McpServerTool] int add(int a, [Description("By attribute.")] int b) => a + b;

            /// <summary>Asks about something.</summary>
            /// <param name="about">What it is about.</param>
            [McpServerPrompt(Name = "ask")] string Ask(string about) => about;

            [McpServerToolType] class Tools
            {
                /// <summary>In a class.</summary>
                [McpServerTool(Name = "in_class")] public int InClass() => 1;
            }

            /// <summary>As a handler.</summary>
            /// <param name="word">A word.</param>
            string Handle(string word) => word;
            mcp.Tool("handled", "", Handle);
            mcp.Tool("handled_too", "Said here.", Handle);
            """));
        var client = await host.Client;
        var tools = (await client.ListToolsAsync()).ToDictionary(tool => tool.Name);
        Assert.Equal("Adds two numbers.", tools["add"].Description);
        Assert.Equal(("The first one.", "By attribute."), (Described(tools["add"], "a"), Described(tools["add"], "b")));
        Assert.Equal("In a class.", tools["in_class"].Description);
        Assert.Equal(("As a handler.", "A word."), (tools["handled"].Description, Described(tools["handled"], "word")));
        Assert.Equal("Said here.", tools["handled_too"].Description);
        var prompt = Assert.Single(await client.ListPromptsAsync()).ProtocolPrompt;
        Assert.Equal(("Asks about something.", "What it is about."), (prompt.Description, prompt.Arguments?.Single().Description));
    }

    [Fact]
    public async Task Resources_templates_and_prompts_take_and_return_C_sharp_types()
    {
        await using var host = await TestHost.StartAsync(("more.csx", """
            mcp.Resource("more://text", () => "text", new() { Name = "a_text", Title = "A text", Description = "Some text.", MimeType = "text/markdown" });
            mcp.Resource("more://bytes", async () =>
            {
                await Task.Yield();
                return new BlobResourceContents { Uri = "more://bytes", MimeType = "image/png",
                    Blob = Convert.ToBase64String(new byte[] { 1, 2 }).Select(c => (byte)c).ToArray() };
            });
            mcp.ResourceTemplate("more://{kind}/{id}", (string kind, int id) => $"{kind} number {id}");
            mcp.Prompt("plain", "A text.", (string text, int times = 1) => $"{text} {times}");
            mcp.Prompt("dialog", "Several messages.",
                () => new[] { new ChatMessage(ChatRole.User, "question"), new ChatMessage(ChatRole.Assistant, "answer") });
            mcp.Prompt("whole", "A result.", () =>
                new GetPromptResult { Description = "whole", Messages = [new() { Role = Role.User, Content = new TextContentBlock { Text = "all of it" } }] });
            """));
        var client = await host.Client;
        var text = (await client.ListResourcesAsync()).Single(resource => resource.Uri == "more://text").ProtocolResource;
        Assert.Equal(("a_text", "A text", "Some text.", "text/markdown"), (text.Name, text.Title, text.Description, text.MimeType));
        Assert.Equal("text", TextOf(await client.ReadResourceAsync("more://text")));
        Assert.Equal("image/png", (await client.ReadResourceAsync("more://bytes")).Contents.Single().MimeType);
        Assert.Equal("more://{kind}/{id}", Assert.Single(await client.ListResourceTemplatesAsync()).UriTemplate);
        Assert.Equal("tea number 4", TextOf(await client.ReadResourceAsync("more://tea/4")));

        Assert.Equal("hello 1", TextOf(await client.GetPromptAsync("plain", new Dictionary<string, object?> { ["text"] = "hello" })));
        var dialog = await client.GetPromptAsync("dialog");
        Assert.Equal([Role.User, Role.Assistant], dialog.Messages.Select(message => message.Role));
        Assert.Equal("all of it", TextOf(await client.GetPromptAsync("whole")));
        var arguments = (await client.ListPromptsAsync()).Single(prompt => prompt.Name == "plain").ProtocolPrompt.Arguments!;
        Assert.Equal([("text", true), ("times", false)], arguments.Select(argument => (argument.Name, argument.Required ?? false)));

        var unknown = await Assert.ThrowsAsync<McpProtocolException>(() => client.ReadResourceAsync("more://nothing").AsTask());
        Assert.Contains("more://nothing", unknown.Message);
        Assert.Contains("Unknown prompt: 'none'", (await Assert.ThrowsAsync<McpProtocolException>(() => client.GetPromptAsync("none").AsTask())).Message);
    }

    static string? Described(McpClientTool tool, string parameter) =>
        tool.JsonSchema.GetProperty("properties").GetProperty(parameter).GetProperty("description").GetString();

    static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(value => value.GetString());

    static string TextOf(GetPromptResult prompt) => ((TextContentBlock)prompt.Messages.Single().Content).Text;

    static string TextOf(ReadResourceResult resource) => ((TextResourceContents)resource.Contents.Single()).Text;

    // Progress<T> would report on another thread, some time later.
    sealed class Reports(Action<ProgressNotificationValue> report) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => report(value);
    }
}
