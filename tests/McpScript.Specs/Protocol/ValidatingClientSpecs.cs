using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Protocol;
using McpScript.Testing.Suites;

namespace McpScript.Specs.Protocol;

/// <summary>The official TypeScript clients check each answer against the listed output schema, and refuse none.</summary>
public class ValidatingClientSpecs
{
    const string Plugin = """
        record Weather(string City, double Degrees, string? Note = null);
        enum Sky { Clear, Cloudy }
        Weather? Find(string id) => id == "a" ? new Weather("Oslo", 20.5) : null;
        mcp.Tool("find", "F.", Weather? (string id) => Find(id));
        mcp.Tool("task", "T.", async Task<Weather?> (string id) => { await Task.Yield(); return Find(id); });
        mcp.Tool("undeclared", "U.", (string id) => id == "a" ? new Weather("Oslo", 1) : null);
        mcp.Tool("list", "L.", List<Weather>? (string id) => id == "a" ? [new("Oslo", 1)] : null);
        mcp.Tool("holes", "H.", List<string?> (string id) => ["x", null]);
        mcp.Tool("sky", "S.", Sky? (string id) => id == "a" ? Sky.Cloudy : null);
        mcp.Tool("number", "N.", int? (string id) => id == "a" ? 5 : null);
        mcp.Tool("map", "M.", Dictionary<string, Weather?> (string id) => new() { ["one"] = Find("a"), ["none"] = null });
        mcp.Tool("tuple", "P.", (string id) => (Count: 3, Name: "x"));
        async IAsyncEnumerable<int> Count() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }
        mcp.Tool("stream", "R.", (string id) => Count());
        """;

    static readonly string[] Tools = ["find", "task", "undeclared", "list", "holes", "sky", "number", "map", "tuple", "stream"];

    [SuiteTheory(SlowSuites.Peers)]
    [InlineData("sdk")]
    [InlineData("legacy")]
    [InlineData("modern")]
    [Trait("Fault", "A1")]
    [Trait("Fault", "B-F3")]
    public async Task Every_answer_conforms_to_the_listed_schema(string client)
    {
        if (await NodePackages.Client.MissingAsync() is { } reason)
            Assert.Skip(reason);
        await using var host = await TestHost.StartAsync(("answers.csx", Plugin));
        Assert.Equal("", string.Join('\n', host.Registry.Failures.SelectMany(failure => failure.Problems)));
        await using var http = await HttpTestHost.StartAsync(host);
        var calls = Tools.SelectMany(tool => new[] { "a", "z" }, (tool, id) => new { name = $"{tool} {id}", tool, args = new { id } });
        var seen = JsonNode.Parse(await NodePackages.Client.RunAsync("answers.mjs", JsonSerializer.Serialize(new { client, url = http.Url, calls })))!;

        Assert.DoesNotContain(seen.AsObject(), answer => ((string)answer.Value!).StartsWith("THROWN", StringComparison.Ordinal));
        Assert.Contains("Oslo", (string)seen["find a"]!);
        Assert.Equal("""{"result":null}""", (string)seen["find z"]!);
        Assert.Equal("""{"result":null}""", (string)seen["task z"]!);
        Assert.Equal("null", (string)seen["number z"]!);
        // A lambda without a declared result promises nothing about null; the description tells the model how to read it.
        Assert.StartsWith("error: ", (string)seen["undeclared z"]!);
    }
}
