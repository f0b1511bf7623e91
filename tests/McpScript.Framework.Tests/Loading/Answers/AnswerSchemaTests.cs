using McpScript.Core.Tests.Loading.Answers;
using McpScript.Testing;
using ModelContextProtocol.Protocol;

namespace McpScript.Framework.Tests.Loading.Answers;

/// <summary>No answer breaks the output schema that its tool lists, at a real client of either era.</summary>
[Trait("Fault", "A1")]
[Trait("Fault", "B-F3")]
public class AnswerSchemaTests
{
    const string Script = """
        using System.Text.Json.Serialization;
        record N(string? A);
        record Node(string V, Node? Next, List<Node?> Kids);
        record Page<T>(T Item, List<T> Items, T? Maybe);
        record Times(DateTime D, TimeOnly T, Uri U, DateOnly? Day, TimeSpan S, Guid G, char C, byte[]? B);
        record Cond([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? A, string B);
        record struct Pt(int X, string? Y);
        enum Size { Small, Large }
        record Sized(Size Size, Size? Other);
        [JsonDerivedType(typeof(Circle), "circle")] [JsonDerivedType(typeof(Square), "square")]
        abstract record Shape; record Circle(double R) : Shape; record Square(string? W) : Shape;
        interface IAnimal { string Name { get; } } class Dog : IAnimal { string IAnimal.Name => "Rex"; public int Age => 3; }
        class Names : List<string?>;
        N? Find(string id) => id == "a" ? new N("x") : null;
        async Task<N?> FindLater(string id) { await Task.Yield(); return Find(id); }

        mcp.Tool("local", "d", Find);
        mcp.Tool("later", "d", FindLater);
        mcp.Tool("value_later", "d", async ValueTask<N?> (string id) => { await Task.Yield(); return Find(id); });
        mcp.Tool("list_null", "d", List<N>? (string id) => id == "a" ? [new("x")] : null);
        mcp.Tool("list_of_null", "d", List<N?> () => [new("x"), null]);
        mcp.Tool("list_inferred", "d", () => new List<string?> { "a", null });
        mcp.Tool("array_null", "d", string?[]? (string id) => id == "a" ? ["x", null] : null);
        mcp.Tool("dictionary", "d", Dictionary<string, string?> () => new() { ["a"] = null, ["b"] = "c" });
        mcp.Tool("node", "d", () => new Node("a", new("b", null, []), [null, new("c", null, [])]));
        mcp.Tool("node_null", "d", Node? (string id) => id == "a" ? new("a", new("b", null, []), [null, new("c", new("d", null, []), [])]) : null);
        mcp.Tool("page", "d", () => new Page<string?>(null, ["a", null], null));
        mcp.Tool("times", "d",
            () => new Times(new DateTime(2026, 1, 2), new TimeOnly(1, 2), new Uri("a/b", UriKind.Relative), null, TimeSpan.FromDays(2), Guid.Empty, 'x', null));
        mcp.Tool("cond", "d", () => new Cond(null, "b"));
        mcp.Tool("struct_null", "d", Pt? (string id) => id == "a" ? new Pt(1, null) : null);
        mcp.Tool("sized", "d", () => new Sized(Size.Large, null));
        mcp.Tool("shape", "d", Shape () => new Circle(2));
        mcp.Tool("shapes", "d", () => new List<Shape> { new Circle(2), new Square(null) });
        mcp.Tool("animal", "d", IAnimal () => new Dog());
        mcp.Tool("names", "d", () => new Names { null, "a" });
        mcp.Tool("tuple", "d", () => (3, (string?)null));
        [McpServerTool(Name = "attributed", UseStructuredContent = true)] N? Attributed(string id) => Find(id);
        [McpServerTool(Name = "attributed_int", UseStructuredContent = true)] int? AttributedInt(string id) => id == "a" ? 0 : null;
        [McpServerTool(Name = "attributed_text", UseStructuredContent = true)] string? AttributedText(string id) => id == "a" ? "" : null;
        """;

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task An_answer_with_any_null_fits_the_listed_schema(string revision)
    {
        await using var host = await TestHost.StartAsync(("nulls.csx", Script));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        var client = await host.ConnectAsync(revision);
        var tools = (await client.ListToolsAsync())
            .Where(tool => tool.ProtocolTool.OutputSchema is not null && !tool.Name.StartsWith("proxy__", StringComparison.Ordinal)).ToList();
        Assert.Equal(23, tools.Count);
        foreach (var tool in tools)
            foreach (var id in tool.JsonSchema.GetProperty("properties").TryGetProperty("id", out _) ? ["a", "z"] : new string?[] { null })
            {
                var result = await client.CallToolAsync(tool.Name, id is null ? null : new Dictionary<string, object?> { ["id"] = id });
                Assert.False(result.IsError ?? false, $"{tool.Name}: {Text(result)}");
                ListedSchema.Fits(tool.ProtocolTool.OutputSchema!.Value, result.StructuredContent, $"{tool.Name} {id}");
                // Clients of the v1 line take a falsy structured content for a missing one.
                if (id == "z")
                    Assert.Equal(("""{"result":null}""", "null"), (result.StructuredContent!.Value.GetRawText(), Text(result)));
            }
    }

    [Fact]
    public async Task An_answer_that_is_not_null_keeps_its_text_and_a_type_that_is_never_null_its_shape()
    {
        await using var host = await TestHost.StartAsync(("shapes.csx", """
            record N(string? A);
            N? Find(string id) => new N(id);
            mcp.Tool("maybe", "d", Find);
            mcp.Tool("always", "d", N (string id) => new N(id));
            mcp.Tool("inferred", "d", (string id) => new N(id));
            """));
        foreach (var tool in new[] { "maybe", "always", "inferred" })
        {
            var result = await host.CallForResultAsync(tool, new { id = "x" });
            Assert.Equal(("""{"a":"x"}""", tool == "maybe" ? """{"result":{"a":"x"}}""" : """{"a":"x"}"""),
                (Text(result), result.StructuredContent!.Value.GetRawText()));
        }
    }

    [Theory]
    [InlineData("""(string id) => id == "1" ? new N("A") : null""", "no result (null)", "N?")]
    [InlineData("""N (string id) => null!""", "no result (null)", "N?")]
    [InlineData("""List<N> (string id) => null!""", "no result (null)", "List<N>?")]
    [InlineData("""(string id) => new Deep(null!, [])""", "'name' of the result is null", "nullable")]
    [InlineData("""(string id) => new Deep("a", ["x", null!])""", "'tags[1]' of the result is null", "nullable")]
    [InlineData("""List<Deep> (string id) => [new("a", []), new(null!, [])]""", "'[1].name' of the result is null", "nullable")]
    [InlineData("""Deep? (string id) => new(null!, [])""", "'name' of the result is null", "nullable")]
    [InlineData("""(string id) => new Tree("a", new() { ["k"] = new(null!, []) })""", "'more.k.name' of the result is null", "nullable")]
    [InlineData("""(string id) => new Sized((Size)7)""", "'size' of the result is 7", "Small")]
    public async Task A_result_that_violates_its_schema_is_an_error_that_names_the_problem(string handler, string what, string cure)
    {
        await using var host = await TestHost.StartAsync(("broken.csx", $$"""
            record N(string? A);
            record Deep(string Name, List<string> Tags);
            record Tree(string Name, Dictionary<string, Tree?> More);
            enum Size { Small, Large }
            record Sized(Size Size);
            mcp.Tool("broken", "d", {{handler}});
            """));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        var result = await host.CallForResultAsync("broken", new { id = "z" });
        Assert.True(result.IsError);
        Assert.Contains(what, Text(result));
        Assert.Contains(cure, Text(result));
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_dll_without_annotations_answers_by_its_schema_or_with_an_error(string revision)
    {
        var dll = Dll.Build("Old", """
            #nullable disable
            public class Part { public string A { get; set; } public List<string> L { get; set; } public Part Next { get; set; } }
            [McpServerToolType] public static class Tools
            {
                [McpServerTool(Name = "part", UseStructuredContent = true), Description("d")]
                public static Part Get(string id) => id == "a" ? new Part { L = [null] } : null;
                [McpServerTool(Name = "parts", UseStructuredContent = true), Description("d")] public static Part[]
                All(string id) => id == "a" ? [null, new()] : null;
            }
            """);
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = folder => dll.WriteTo(folder.Path) });
        var client = await host.ConnectAsync(revision);
        foreach (var tool in (await client.ListToolsAsync()).Where(tool => tool.Name.StartsWith("part", StringComparison.Ordinal)))
        {
            var found = await client.CallToolAsync(tool.Name, new Dictionary<string, object?> { ["id"] = "a" });
            Assert.False(found.IsError ?? false, Text(found));
            ListedSchema.Fits(tool.ProtocolTool.OutputSchema!.Value, found.StructuredContent, tool.Name);
            var none = await client.CallToolAsync(tool.Name, new Dictionary<string, object?> { ["id"] = "z" });
            Assert.True(none.IsError);
            Assert.Contains("no result (null)", Text(none));
        }
    }

    [Fact]
    public async Task An_explicit_schema_and_a_result_that_is_complete_are_kept_too()
    {
        await using var host = await TestHost.StartAsync(("given.csx", """
            record N(string? A);
            var schema = JsonSerializer.Deserialize<JsonElement>("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]}");
            mcp.Tool("given", "d", (string id) => id == "a" ? new N("x") : id == "b" ? new N(null) : null, new() { OutputSchema = schema });
            mcp.Tool("may", "d", N? (string id) => id == "a" ? new N("x") : null, new() { OutputSchema = schema });
            mcp.Tool("complete", "d", (string id) => new CallToolResult { Content = [new TextContentBlock { Text = id }] }, new() { OutputSchema = schema });
            """));
        Assert.Equal("""{"a":"x"}""", (await host.CallForResultAsync("given", new { id = "a" })).StructuredContent!.Value.GetRawText());
        Assert.Contains("'a' of the result is null", await host.CallAsync("given", new { id = "b" }));
        Assert.Contains("no result (null)", await host.CallAsync("given", new { id = "z" }));
        Assert.Equal("""{"result":null}""", (await host.CallForResultAsync("may", new { id = "z" })).StructuredContent!.Value.GetRawText());
        Assert.Contains("no structured content", await host.CallAsync("complete", new { id = "z" }));
    }

    static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
