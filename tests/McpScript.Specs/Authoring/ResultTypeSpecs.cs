using System.Text.Json.Nodes;
using McpScript.Testing;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Authoring;

/// <summary>Results and arguments that System.Text.Json does not see by itself.</summary>
public class ResultTypeSpecs
{
    [Fact]
    [Trait("Fault", "A11")]
    public async Task Tuples_and_public_fields_are_written_and_read()
    {
        await using var host = await TestHost.StartAsync(("fields.csx", """
            class F { public int A = 1; public string? B; }
            mcp.Tool("tuple", "d", () => (Count: 3, Name: "x"));
            mcp.Tool("many", "d", () => new List<(int X, string? Y)> { (1, "a"), (2, null) });
            mcp.Tool("fields", "d", () => new F());
            mcp.Tool("sum", "d", ((int X, int Y) p) => p.X + p.Y);
            mcp.Tool("field", "d", (F f) => $"{f.A} {f.B}");
            mcp.Tool("vector", "d", () => new System.Numerics.Vector2(1, 2));
            """));
        async Task<string?> StructuredAsync(string tool) => (await host.CallForResultAsync(tool)).StructuredContent?.GetRawText();
        Assert.Equal("""{"item1":3,"item2":"x"}""", await StructuredAsync("tuple"));
        Assert.Equal("""[{"item1":1,"item2":"a"},{"item1":2,"item2":null}]""", await StructuredAsync("many"));
        Assert.Equal("""{"a":1,"b":null}""", await StructuredAsync("fields"));
        Assert.Equal("""{"x":1,"y":2}""", await StructuredAsync("vector"));
        Assert.Equal("3", await host.CallAsync("sum", new { p = new { item1 = 1, item2 = 2 } }));
        Assert.Equal("5 hi", await host.CallAsync("field", new { f = new { a = 5, b = "hi" } }));
    }

    const string Newtonsoft = """
        namespace Newtonsoft.Json.Linq
        {
            public abstract class JToken : IEnumerable<JToken>
            {
                public IEnumerator<JToken> GetEnumerator() => Enumerable.Empty<JToken>().GetEnumerator();
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }
            public class JObject : JToken { }
        }
        """;

    const string FSharp = """
        namespace Microsoft.FSharp.Control { public class FSharpAsync<T> { } }
        """;

    [Theory]
    [Trait("Fault", "A11")]
    [InlineData("Newtonsoft.Json.Linq.JObject", "new()", "JsonNode")]
    [InlineData("List<Newtonsoft.Json.Linq.JObject>", "new()", "JsonNode")]
    [InlineData("Task<Newtonsoft.Json.Linq.JObject>", "null!", "JsonNode")]
    [InlineData("Microsoft.FSharp.Control.FSharpAsync<int>", "new()", "Async.StartAsTask")]
    [InlineData("System.IO.Stream", "null!", "bytes")]
    [InlineData("System.Type", "null!", "text")]
    [InlineData("Func<int>", "() => 1", "text")]
    [InlineData("System.Data.DataTable", "new()", "rows")]
    [InlineData("Task<Task<int>>", "null!", "Await")]
    public async Task A_result_that_can_never_be_an_answer_is_refused_at_load(string type, string value, string cure)
    {
        var dll = Dll.Build("Odd", $$"""
            {{(type.Contains("Newtonsoft") ? Newtonsoft : type.Contains("FSharp") ? FSharp : "")}}
            namespace Odd
            {
                [McpServerToolType] public static class Tools
                {
                    [McpServerTool(Name = "odd"), Description("d")] public static {{type}} Get() => {{value}};
                }
            }
            """);
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = folder => dll.WriteTo(folder.Path) });
        var problem = Assert.Single(host.StatusOf("Odd").Problems);
        Assert.Contains("tool method 'Get'", problem.Message);
        Assert.Contains(cure, problem.Message);
        Assert.Equal("MCS0013", problem.Code);
    }

    [Fact]
    [Trait("Fault", "A11")]
    [Trait("Fault", "A24")]
    public async Task Data_that_a_result_loses_is_a_warning_of_check_at_its_location()
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Autoload = [] }, ("loses.csx", """
            class Empty { int _hidden = 1; public int Get() => _hidden; }
            record Deep(string Name, Empty Inner);
            record Callback(string Name, Func<int>? Then);
            mcp.Tool("tuple", "d", () => (Count: 3, Name: "x"));
            mcp.Tool("empty", "d", () => new Empty());
            mcp.Tool("deep", "d", () => new Deep("a", new()));
            mcp.Tool("call", "d", () => new Callback("a", null));
            int Point([Description("p")] (int X, int Y) p) => p.X;
            mcp.Tool("point", "d", Point);
            mcp.Tool("fine", "d", () => new { A = 1 });
            mcp.Tool("plain", "d", () => (1, 2));
            """));
        var findings = (await host.Server.Check.RunAsync(cancellationToken: TestContext.Current.CancellationToken)).Findings;
        Assert.Equal(
            ["MCS714 4", "MCS714 5", "MCS714 6", "MCS714 7", "MCS714 9"], findings.Select(finding => $"{finding.Problem.Code} {finding.Problem.Line}"));
        string[] words = ["Count, Name", "Empty", "'inner'", "'then'", "X, Y"];
        foreach (var (finding, word) in findings.Zip(words))
            Assert.Contains(word, finding.Problem.Message);
    }

    [Fact]
    [Trait("Fault", "A12")]
    public async Task Asynchronous_sequences_are_collected_with_the_calls_cancellation()
    {
        await using var host = await TestHost.StartAsync(("sequence.csx", """
            using System.Runtime.CompilerServices;
            record N(int Value);
            async IAsyncEnumerable<int> Gen(int count) { for (var i = 0; i < count; i++) { await Task.Yield(); yield return i; } }
            async IAsyncEnumerable<N> Records() { await foreach (var i in Gen(2)) yield return new N(i); }
            async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken ct = default)
            {
                mcp.Logger.LogInformation("begun");
                try { await Task.Delay(Timeout.Infinite, ct); }
                finally { mcp.Logger.LogInformation("ended"); }
                yield return 1;
            }
            async IAsyncEnumerable<ContentBlock> Blocks()
            {
                await Task.Yield();
                yield return new TextContentBlock { Text = "one" };
                yield return new TextContentBlock { Text = "two" };
            }
            mcp.Tool("gen", "d", (int count) => Gen(count));
            mcp.Tool("records", "d", () => Records());
            mcp.Tool("later", "d", async () => { await Task.Yield(); return Records(); });
            mcp.Tool("blocks", "d", () => Blocks());
            mcp.Tool("endless", "d", () => Endless());
            [McpServerTool(Name = "attributed")] IAsyncEnumerable<int> Attributed() => Gen(3);
            """));
        var gen = await host.CallForResultAsync("gen", new { count = 3 });
        Assert.Equal("[0,1,2]", Assert.IsType<TextContentBlock>(gen.Content.Single()).Text);
        Assert.Equal("[0,1,2]", gen.StructuredContent?.GetRawText());
        Assert.Equal("""[{"value":0},{"value":1}]""", (await host.CallForResultAsync("records")).StructuredContent?.GetRawText());
        Assert.Equal("""[{"value":0},{"value":1}]""", (await host.CallForResultAsync("later")).StructuredContent?.GetRawText());
        Assert.Equal("onetwo", await host.CallAsync("blocks"));
        Assert.Equal("[0,1,2]", await host.CallAsync("attributed"));
        var schemas = (await (await host.Client).ListToolsAsync()).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool.OutputSchema);
        Assert.Equal("array", schemas["gen"]!.Value.GetProperty("type").GetString());
        Assert.Null(schemas["blocks"]);

        // By hand: the SDK's client does not tell the server when its token fires.
        var other = await host.ConnectAsync("2025-11-25");
        var call = other.SendRequestAsync(new() { Id = new("endless"), Method = RequestMethods.ToolsCall, Params = new JsonObject { ["name"] = "endless" } });
        await TestHost.UntilAsync(() => host.Log.Lines.Any(line => line.EndsWith("begun")), "it has begun");
        await other.SendNotificationAsync(NotificationMethods.CancelledNotification, new CancelledNotificationParams { RequestId = new("endless") });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await TestHost.UntilAsync(() => host.Log.Lines.Any(line => line.EndsWith("ended")), "it has ended");
        await host.Registry.UnloadAsync("sequence");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    [Fact]
    [Trait("Fault", "A15")]
    public async Task The_kind_of_a_polymorphic_argument_may_come_at_any_place()
    {
        await using var host = await TestHost.StartAsync(("kinds.csx", """
            using System.Text.Json.Serialization;
            [JsonDerivedType(typeof(Circle), "circle")] [JsonDerivedType(typeof(Group), "group")] abstract record Shape;
            record Circle(double R) : Shape;
            record Group(Shape[] Of, string Name) : Shape;
            string Tell(Shape shape) => shape switch { Circle c => $"circle {c.R}", Group g => $"{g.Name}({string.Join(",", g.Of.Select(Tell))})", _ => "?" };
            mcp.Tool("tell", "d", (Shape shape) => Tell(shape));
            """));
        async Task<string> DescribeAsync(string json) =>
            await host.CallAsync("tell", new { shape = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(json) });
        Assert.Equal("circle 2", await DescribeAsync("""{"r":2,"$type":"circle"}"""));
        Assert.Equal("circle 2", await DescribeAsync("""{"$type":"circle","r":2}"""));
        Assert.Equal("all(circle 1,sub(circle 3))", await DescribeAsync(
            """{"of":[{"r":1,"$type":"circle"},{"name":"sub","of":[{"r":3,"$type":"circle"}],"$type":"group"}],"name":"all","$type":"group"}"""));
    }
}
