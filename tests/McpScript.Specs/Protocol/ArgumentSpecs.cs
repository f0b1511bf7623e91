using System.Text.Json;
using McpScript.Testing;
using McpScript.Testing.Protocol;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Arguments that do not fit are answered so that a model can correct itself: which argument, what was expected, what came.</summary>
public class ArgumentSpecs(ArgumentSpecs.Orders orders) : IClassFixture<ArgumentSpecs.Orders>
{
    const string Script = """
        enum Size { Small, Large }
        record Item(string Name, int Count, double? Price = null);
        mcp.Tool("order", "Orders something.",
            (string customer, Item[] items, Size size, bool express = false, Dictionary<string, int>? extras = null, int? tip = null) =>
            $"{customer}: {items.Length} {size} {express} {tip}");
        mcp.Tool("nothing", "Takes nothing.", () => "ok");
        """;

    const string Good = """{"customer":"Ada","items":[{"name":"tea","count":2}],"size":"Large"}""";

    public static TheoryData<string, string> Wrong => new()
    {
        { """{"items":[],"size":"Small"}""", "'customer' is missing; it should be a string." },
        { """{"customer":"Ada","items":[]}""", """'size' is missing; it should be one of "Small", "Large".""" },
        { """{"customer":7,"items":[],"size":"Small"}""", "'customer' should be a string, but the number 7 came." },
        { """{"customer":null,"items":[],"size":"Small"}""", "'customer' should be a string, but null came." },
        { """{"customer":"Ada","items":{},"size":"Small"}""", "'items' should be an array, but the object {} came." },
        { """{"customer":"Ada","items":[],"size":"Huge"}""", """'size' should be one of "Small", "Large", but the string "Huge" came.""" },
        { """{"customer":"Ada","items":[],"size":"Small","express":"yes"}""", """'express' should be a boolean, but the string "yes" came.""" },
        { """{"customer":"Ada","items":[],"size":"Small","tip":1.5}""", "'tip' should be an integer or null, but the number 1.5 came." },
        { """{"customer":"Ada","items":[],"size":"Small","colour":"red"}""",
            "'colour' is not an argument of this tool; it takes 'customer', 'items', 'size', 'express', 'extras', 'tip'." },
        { """{"customer":"Ada","items":[{"name":"tea","count":1},{"name":"pie","count":"two"}],"size":"Small"}""",
            """'items[1].count' should be an integer, but the string "two" came.""" },
        { """{"customer":"Ada","items":[{"name":"tea"}],"size":"Small"}""", "'items[0].count' is missing; it should be an integer." },
        { """{"customer":"Ada","items":["tea"],"size":"Small"}""", """'items[0]' should be an object, but the string "tea" came.""" },
        { """{"customer":"Ada","items":[],"size":"Small","extras":{"sugar":"two"}}""", """'extras.sugar' should be an integer, but the string "two" came.""" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_argument_is_named_with_the_expected_and_the_actual_value(string arguments, string expected)
    {
        foreach (var way in Enum.GetValues<Way>())
        {
            var (isError, text) = await orders.CallAsync(way, "order", arguments);
            Assert.True(isError);
            Assert.StartsWith("The arguments of 'order' do not fit.", text);
            Assert.Contains(expected, text);
        }
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task All_problems_are_reported_together(Way way)
    {
        var (_, text) = await orders.CallAsync(way, "order", """{"custommer":"Ada","items":3}""");
        Assert.Equal(4, text.Split("\n- ").Length - 1);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task Valid_arguments_pass_also_in_other_notations_of_the_same_value(Way way)
    {
        Assert.Equal((false, "Ada: 1 Large False "), await orders.CallAsync(way, "order", Good));
        Assert.Equal((false, "Ada: 1 Large True 3"), await orders.CallAsync(way, "order", Good[..^1] + ""","express":true,"tip":3,"extras":{"sugar":1}}"""));
        Assert.Equal((false, "ok"), await orders.CallAsync(way, "nothing", "{}"));
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task An_argument_for_a_tool_without_parameters_is_refused_with_the_reason(Way way)
    {
        Assert.Contains("'x' is not an argument of this tool; it takes none.", (await orders.CallAsync(way, "nothing", """{"x":1}""")).Text);
    }

    [Theory, ClassData(typeof(EveryWay))]
    public async Task An_unknown_tool_is_an_invalid_parameter(Way way)
    {
        var error = await Assert.ThrowsAsync<McpProtocolException>(() => orders.CallAsync(way, "oder", "{}"));
        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
        Assert.Contains("'oder'", error.Message);
    }

    /// <summary>A server that takes orders, and a client for each way.</summary>
    public sealed class Orders : IAsyncLifetime
    {
        readonly Dictionary<Way, ModelContextProtocol.Client.McpClient> _clients = [];
        TestHost? _host;
        HttpTestHost? _http;

        public async ValueTask InitializeAsync()
        {
            _host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("orders.csx", Script));
            _http = await HttpTestHost.StartAsync(_host);
            foreach (var way in Enum.GetValues<Way>())
                _clients[way] = way.IsHttp() ? await _http.ConnectAsync(way.Revision()) : await _host.ConnectAsync(way.Revision());
        }

        public async Task<(bool IsError, string Text)> CallAsync(Way way, string tool, string arguments)
        {
            var values = JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
            var result = await _clients[way].CallToolAsync(tool, values).AsTask().WaitAsync(TestHost.Patience);
            return (result.IsError is true, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        }

        public async ValueTask DisposeAsync()
        {
            await _http!.DisposeAsync();
            await _host!.DisposeAsync();
        }
    }
}
