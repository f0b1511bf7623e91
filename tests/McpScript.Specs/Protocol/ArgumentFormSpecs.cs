using System.Text.Json;
using McpScript.Testing;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Protocol;

/// <summary>Constraints of .NET types in schemas and errors: ranges of numbers, dates, ids, and the attributes of an author.</summary>
public class ArgumentFormSpecs(ArgumentFormSpecs.Forms forms) : IClassFixture<ArgumentFormSpecs.Forms>
{
    const string Script = """
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        enum Size { Small, Large }
        record Meeting(string Title, DateTime When, int Seats = 1);
        record Node(string Name, List<Node>? Children = null);
        [JsonConverter(typeof(CelsiusReader))] class Celsius(double degrees) { public double Degrees => degrees; }
        class CelsiusReader : JsonConverter<Celsius>
        {
            public override Celsius Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                reader.GetString() is { } text && text.EndsWith("C") ? new(double.Parse(text[..^1])) : throw new FormatException("No C at the end.");
            public override void Write(Utf8JsonWriter writer, Celsius value, JsonSerializerOptions options) => writer.WriteStringValue(value.Degrees + "C");
        }
        record Room(Celsius Heat);
        mcp.Tool("i32", "I.", (int n) => $"{n}");
        mcp.Tool("i64", "I.", (long n) => $"{n}");
        mcp.Tool("small", "I.", (byte? n = null, short s = 0) => $"{n} {s}");
        mcp.Tool("u64", "I.", (ulong n) => $"{n}");
        mcp.Tool("many", "I.", (int[] list, Dictionary<string, int> map, Meeting? meeting = null) => $"{string.Join(',', list)} {map["a"]} {meeting?.Seats}");
        mcp.Tool("money", "I.", (decimal n) => $"{n}");
        mcp.Tool("real", "I.", (double n = 1.5) => $"{n}");
        mcp.Tool("when", "T.", (DateTime when) => $"{when:O}");
        mcp.Tool("moment", "T.", (DateTimeOffset when) => $"{when:O}");
        mcp.Tool("day", "T.", (DateOnly d) => $"{d:O}");
        mcp.Tool("clock", "T.", (TimeOnly t) => $"{t:O}");
        mcp.Tool("span", "T.", (TimeSpan t) => $"{t}");
        mcp.Tool("guid", "T.", (Guid id) => $"{id}");
        mcp.Tool("uri", "T.", (Uri u) => $"{u}");
        mcp.Tool("bytes", "T.", (byte[] data) => $"{data.Length}");
        mcp.Tool("char", "T.", (char c) => $"{c}");
        mcp.Tool("version", "T.", (Version v) => $"{v}");
        mcp.Tool("size", "T.", (Size size) => $"{size}");
        mcp.Tool("plan", "T.", (Meeting[] items) => $"{items.Length}");
        mcp.Tool("tree", "T.", (Node root) => $"{root.Children?.Count}");
        mcp.Tool("annot", "R.", ([Range(1, 10)] int n, [StringLength(5, MinimumLength = 2)] string s, [RegularExpression("^[a-z]+$")] string r = "a",
            [MinLength(1)] int[]? list = null) => $"{n}{s}");
        mcp.Tool("heat", "C.", (Room room) => $"{room.Heat.Degrees}");
        mcp.Tool("keys", "C.", (Dictionary<int, string> map) => $"{map.Count}");
        mcp.Tool("badjson", "B.", (string text) => JsonDocument.Parse(text).RootElement.ToString());
        mcp.Tool("badnumber", "B.", (string text) => int.Parse(text));
        [McpServerTool(Name = "attributed"), System.ComponentModel.Description("A.")] string Attributed(DateOnly day, int n = 1) => $"{day:O} {n}";
        """;

    public static TheoryData<string, string, string> Misfits => new()
    {
        { "i32", """{"n":3000000000}""", "'n' should be an integer from -2147483648 to 2147483647, but the number 3000000000 came." },
        { "i32", """{"n":"5"}""", "'n' should be an integer, but the string \"5\" came." },
        { "i32", """{"n":3e9}""", "'n' should be an integer from -2147483648 to 2147483647, but the number 3e9 came." },
        { "i64", """{"n":99999999999999999999}""", "'n' should be an integer from -9223372036854775808 to 9223372036854775807" },
        { "small", """{"n":-1}""", "'n' should be an integer from 0 to 255" },
        { "small", """{"n":1,"s":40000}""", "'s' should be an integer from -32768 to 32767" },
        { "u64", """{"n":-5}""", "'n' should be an integer from 0 to 18446744073709551615" },
        { "many", """{"list":[1,3000000000],"map":{"a":1}}""", "'list[1]' should be an integer from -2147483648 to 2147483647" },
        { "many", """{"list":[1],"map":{"a":3000000000}}""", "'map.a' should be an integer from -2147483648 to 2147483647" },
        { "many", """{"list":[],"map":{"a":1},"meeting":{"title":"x","when":"2026-11-28T17:00:00Z","seats":3000000000}}""",
            "'meeting.seats' should be an integer from -2147483648 to 2147483647" },
        { "money", """{"n":1e40}""", "'n' should be a number from -79228162514264337593543950335 to 79228162514264337593543950335" },
        { "real", """{"n":1e400}""", "'n' should be a number that a double can hold" },
        { "when", """{"when":"yesterday"}""", "'when' should be a date and time such as 2026-11-28T17:00:00Z, but the string \"yesterday\" came." },
        { "when", """{"when":""}""", "'when' should be a date and time such as 2026-11-28T17:00:00Z, but the string \"\" came." },
        { "when", """{"when":5}""", "'when' should be a date and time such as 2026-11-28T17:00:00Z, but the number 5 came." },
        { "moment", """{"when":"28.11.2026"}""", "'when' should be a date and time such as" },
        { "day", """{"d":"29/02/2024"}""", "'d' should be a date such as 2026-11-28, but the string \"29/02/2024\" came." },
        { "clock", """{"t":"5 pm"}""", "'t' should be a time of day such as 17:00:00" },
        { "span", """{"t":"5 minutes"}""", "'t' should be a time span such as 01:30:00" },
        { "span", """{"t":"PT1H30M"}""", "'t' should be a time span such as 01:30:00" },
        { "guid", """{"id":"x"}""", "'id' should be a UUID such as" },
        { "uri", """{"u":"http://[bad"}""", "'u' should be a URI such as" },
        { "bytes", """{"data":"not base64!"}""", "'data' should be bytes in base64, such as aGVsbG8=" },
        { "char", """{"c":"ab"}""", "'c' should be a single character, but the string \"ab\" came." },
        { "version", """{"v":"one"}""", "'v' should be a version such as 1.2.3" },
        { "size", """{"size":"Huge"}""", "'size' should be one of \"Small\", \"Large\", but the string \"Huge\" came." },
        { "plan", """{"items":[{"title":"a","when":"2026-11-28T17:00:00Z"},{"title":"b","when":"2026-11-28"},{"title":"c","when":"soon"}]}""",
            "'items[2].when' should be a date and time" },
        { "tree", """{"root":{"name":"a","children":[{"nam":"b"}]}}""", "'root.children[0].name' is missing; it should be a string." },
        { "annot", """{"n":50,"s":"abcdefghi","r":"123"}""", "'n' should be an integer from 1 to 10, but the number 50 came." },
        { "annot", """{"n":50,"s":"abcdefghi","r":"123"}""", "'s' should be a string of 2 to 5 characters, but the string \"abcdefghi\" came." },
        { "annot", """{"n":50,"s":"abcdefghi","r":"123"}""", "'r' should be a string that matches ^[a-z]+$, but the string \"123\" came." },
        { "annot", """{"n":5,"s":"abc","list":[]}""", "'list' should have at least 1 item, but 0 came." },
        { "heat", """{"room":{"heat":"20F"}}""", "'room" },
        { "keys", """{"map":{"one":"x"}}""", "'map" },
        { "attributed", """{"day":"tomorrow","n":3000000000}""", "'n' should be an integer from -2147483648 to 2147483647" },
        { "attributed", """{"day":"tomorrow"}""", "'day' should be a date such as 2026-11-28, but the string \"tomorrow\" came." },
    };

    public static TheoryData<string, string, string> Fitting => new()
    {
        { "i32", """{"n":1.0}""", "1" },
        { "i32", """{"n":1e2}""", "100" },
        { "i32", """{"n":2147483647.0}""", "2147483647" },
        { "i64", """{"n":9.007199254740993e15}""", "9007199254740993" },
        { "u64", """{"n":18446744073709551615.0}""", "18446744073709551615" },
        { "small", """{"n":7.0,"s":-3.0}""", "7 -3" },
        { "small", """{"n":null,"s":null}""", " 0" },
        { "many", """{"list":[1.0,2e0],"map":{"a":3.0},"meeting":{"title":"x","when":"2026-11-28T17:00:00Z","seats":4.0}}""", "1,2 3 4" },
        { "real", """{"n":null}""", "1.5" },
        { "money", """{"n":12.50}""", "12.50" },
        { "when", """{"when":"2026-11-28T17:00:00"}""", "2026-11-28T17:00:00.0000000" },
        { "when", """{"when":"2026-11-28"}""", "2026-11-28T00:00:00.0000000" },
        { "span", """{"t":"1.02:03:04"}""", "1.02:03:04" },
        { "clock", """{"t":"17:30:00"}""", "17:30:00.0000000" },
        { "uri", """{"u":"/relative"}""", "/relative" },
        { "bytes", """{"data":"aGVsbG8="}""", "5" },
        { "version", """{"v":"1.2.3"}""", "1.2.3" },
        { "tree", """{"root":{"name":"a","children":[{"name":"b","children":null}]}}""", "1" },
        { "annot", """{"n":10,"s":"abcde","r":"z","list":[1]}""", "10abcde" },
        { "heat", """{"room":{"heat":"20C"}}""", "20" },
        { "attributed", """{"day":"2026-11-28","n":2.0}""", "2026-11-28 2" },
    };

    [Theory, MemberData(nameof(Misfits)), Trait("Fault", "A9"), Trait("Fault", "A10"), Trait("Fault", "B-F6"), Trait("Fault", "B-F7")]
    public async Task A_value_that_does_not_fit_is_named_with_valid_values_on_every_transport(string tool, string arguments, string expected)
    {
        foreach (var name in (string[])[tool, "proxy__run"])
        {
            var (isError, text) = name == tool ? await forms.CallAsync(tool, arguments)
                : await forms.CallAsync(name, $$"""{"tool":"{{tool}}","arguments":{{arguments}}}""");
            Assert.True(isError);
            Assert.StartsWith($"The arguments of '{tool}' do not fit.", text);
            Assert.Contains($"- {expected}", text);
        }
        var entry = await forms.LastCallAsync();
        Assert.Equal((tool, "invalid_arguments"), (entry.GetProperty("tool").GetString(), entry.GetProperty("error").GetString()));
        Assert.DoesNotContain("Error [", forms.LogSinceStart);
    }

    [Theory, MemberData(nameof(Fitting)), Trait("Fault", "B-F5"), Trait("Fault", "A9")]
    public async Task A_value_that_fits_reaches_the_tool_in_any_notation(string tool, string arguments, string expected)
    {
        var (isError, text) = await forms.CallAsync(tool, arguments);
        Assert.Equal(expected, text);
        Assert.False(isError);
    }

    [Theory, InlineData("badjson", "{"), InlineData("badnumber", "x"), Trait("Fault", "A9")]
    public async Task An_exception_of_plugin_code_is_not_reported_as_a_wrong_argument(string tool, string text)
    {
        await using var host = await TestHost.StartAsync(new TestSetup { Watch = false }, ("forms.csx", Script));

        Assert.Equal($"An error occurred invoking '{tool}'.", await host.CallAsync(tool, new { text }));
        Assert.Contains("Error [ModelContextProtocol", host.Log.Text);
    }

    /// <summary>A server with a tool for each type, and one client.</summary>
    public sealed class Forms : IAsyncLifetime
    {
        TestHost? _host;

        public string LogSinceStart => _host!.Log.Text;

        public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(
            new TestSetup { Watch = false, ConfigYaml = "dynamic_dispatch: true\nautoload: []\n" }, ("forms.csx", Script));

        public async Task<(bool IsError, string Text)> CallAsync(string tool, string arguments)
        {
            // Loaded after the start, so that proxy__run takes it.
            if (_host!.Registry.Plugins.IsEmpty)
                Assert.True((await _host.Registry.LoadAsync("forms")).Ok);
            var values = JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
            var result = await (await _host.Client).CallToolAsync(tool, values).AsTask().WaitAsync(TestHost.Patience);
            return (result.IsError is true, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        }

        public async Task<JsonElement> LastCallAsync()
        {
            await _host!.Server.CallLog.FlushAsync();
            var file = Directory.GetFiles(_host.Folder.Logs, "*.jsonl").Single();
            return JsonDocument.Parse(File.ReadLines(file).Last()).RootElement;
        }

        public async ValueTask DisposeAsync() => await _host!.DisposeAsync();
    }
}
