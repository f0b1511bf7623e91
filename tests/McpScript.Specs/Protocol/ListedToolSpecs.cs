using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Processes;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>
/// Exact tools and results of each revision: a version of the SDK that changes them, for example the wrapping of results, becomes a readable diff.
/// </summary>
public class ListedToolSpecs
{
    const string Plugin = """
        mcp.Tool("text", "Text.", (string name, int count = 2) => name);
        mcp.Tool("number", "A number.", (double value, DateTime? at = null) => 1);
        mcp.Tool("list", "A list.", (string[] words) => new[] { 1, 2 });
        mcp.Tool("record", "A record.", (Note note) => note);
        mcp.Tool("maybe", "A record or null.", Note? () => null);
        mcp.Tool("tree", "A recursive record.", () => new Tree("a", [new("b", [])]));
        mcp.Tool("choice", "An enum.", (Size size) => size);
        record Note(string Text, Size Size);
        record Tree(string Name, Tree[] Children);
        enum Size { Small, Large }
        """;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData(Era.Sessions)]
    [InlineData(Era.Stateless)]
    public async Task Schemas_and_results_of_each_kind_are_the_approved_ones(string revision)
    {
        await using var host = await TestHost.StartAsync(("kinds.csx", Plugin));
        await using var client = await host.ConnectRawAsync(revision);
        var text = new StringBuilder();
        var listed = await client.RequestAsync(RequestMethods.ToolsList, []).LastAsync();
        foreach (var tool in listed["result"]!["tools"]!.AsArray())
            text.AppendLine(tool!.ToJsonString(Indented));
        foreach (var (name, arguments) in Calls())
        {
            var answer = await client.RequestAsync(RequestMethods.ToolsCall, new() { ["name"] = name, ["arguments"] = arguments }).LastAsync();
            var result = answer["result"]!.AsObject();
            result.Remove("_meta");
            text.AppendLine($"{name}: {result.ToJsonString(Indented)}");
        }

        Approve(Path.Combine(BuiltProgram.Checkout, "tests", "McpScript.Specs", "Protocol", "Approved", $"tools-{revision}.txt"), text.ToString());
    }

    static IEnumerable<(string Name, JsonObject Arguments)> Calls() =>
    [
        ("text", new() { ["name"] = "Ada" }), ("number", new() { ["value"] = 1.5 }), ("list", new() { ["words"] = new JsonArray("a") }),
        ("record", new() { ["note"] = new JsonObject { ["text"] = "x", ["size"] = "Large" } }), ("maybe", []), ("tree", []),
        ("choice", new() { ["size"] = "Small" }),
    ];

    static void Approve(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
