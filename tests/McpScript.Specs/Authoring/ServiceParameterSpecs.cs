using McpScript.Testing;

namespace McpScript.Specs.Authoring;

/// <summary>Parameters that are services in truth are refused at load, and never offered to a model as arguments; ordinary data stays an argument.</summary>
[Trait("Fault", "A4")]
public class ServiceParameterSpecs
{
    [Theory]
    [InlineData("class Clock { public string Now() => \"noon\"; }", "Clock clock", "'clock'", "mcp.Services.AddSingleton<Clock>()")]
    [InlineData("class Store2 { public Store2(TimeProvider t) {} public int N => 3; }", "Store2 store", "'store'", "mcp.Services.AddSingleton<Store2>()")]
    [InlineData("class Repo(IHttpClientFactory f) { public string? Name { get; set; } public object F => f; }", "Repo repo", "'repo'", "IHttpClientFactory")]
    [InlineData("record Timed(TimeProvider Time);", "Timed timed", "'timed'", "TimeProvider")]
    [InlineData("class Db : IDisposable { public string? Connection { get; set; } public void Dispose() {} }", "Db db", "'db'", "disposable")]
    [InlineData(
        "class Db2 : IAsyncDisposable { public string? Connection { get; set; } public ValueTask DisposeAsync() => default; }", "Db2 db", "'db'", "disposable")]
    [InlineData("interface IStore { }", "IStore store", "'store'", "mcp.Services.AddSingleton<IStore>(…)")]
    [InlineData("abstract class Base { public int A { get; set; } }", "Base b", "'b'", "abstract")]
    [InlineData("class Hidden { Hidden() {} public int A { get; set; } public static Hidden Make() => new(); }", "Hidden h", "'h'", "constructor")]
    [InlineData("class Deep(Inner inner) { public Inner Inner => inner; } class Inner { public string Now() => \"\"; }", "Deep deep", "'deep'", "Inner")]
    [InlineData("class Clock3 { public string Now() => \"noon\"; }", "List<Clock3> clocks", "'clocks'", "Clock3")]
    [InlineData("readonly struct Fixed(int x) { public int X => x; }", "Fixed f", "'f'", "no member")]
    [InlineData("", "ILogger log", "'log'", "ILogger<T>")]
    [InlineData("", "Action<string> then", "'then'", "JSON has no values")]
    [InlineData("", "Stream s", "'s'", "Stream")]
    [InlineData("", "Type t", "'t'", "JSON has no values")]
    [InlineData("", "System.Net.IPAddress ip", "'ip'", "constructor")]
    [InlineData("", "System.Numerics.BigInteger big", "'big'", "no member")]
    public async Task A_type_that_only_services_have_is_refused_with_name_and_fix(string types, string parameter, string name, string cure)
    {
        await using var host = await TestHost.StartAsync(("svc.csx", $"{types}\nmcp.Tool(\"svc\", \"d\", ({parameter}, string city) => city);"));
        var problem = Assert.Single(host.StatusOf("svc").Problems);
        Assert.Contains(name, problem.Message);
        Assert.Contains("tool 'svc'", problem.Message);
        Assert.Contains(cure, problem.Message);
        Assert.Equal(("MCS0013", host.Folder["svc.csx"], 2), (problem.Code, problem.File, problem.Line));
        Assert.Empty(await host.ToolsAsync());
    }

    [Theory]
    [InlineData("record Args(string Name, int Times = 2);", "Args")]
    [InlineData("class Poco { public string? Name { get; set; } public List<Poco> Kids { get; } = []; }", "Poco")]
    [InlineData("class Req { public required string Name { get; init; } }", "Req")]
    [InlineData("struct Pt { public int X; public int Y; }", "Pt")]
    [InlineData("readonly record struct Pos(int X, int Y);", "Pos")]
    [InlineData("enum Size { Small, Large }", "Size")]
    [InlineData("enum Size2 { Small }", "Size2?")]
    [InlineData("[JsonConverter(typeof(C))] class Money { public decimal Value; } class C : "
        + "JsonConverter<Money> { public override Money Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) => new(); "
        + "public override void Write(Utf8JsonWriter w, Money m, JsonSerializerOptions o) => w.WriteNumberValue(1); }", "Money")]
    [InlineData("[JsonDerivedType(typeof(Circle), \"circle\")] abstract record Shape; record Circle(double R) : Shape;", "Shape")]
    [InlineData("[JsonDerivedType(typeof(Cat), \"cat\")] interface IAnimal { } class Cat : IAnimal { public string? Name { get; set; } }", "IAnimal")]
    [InlineData("class Ctor { [JsonConstructor] public Ctor(string name) => Name = name; public Ctor() => Name = \"\"; public string Name { get; } }", "Ctor")]
    [InlineData("record Node(string V, Node? Next, Node[] Kids);", "Node")]
    [InlineData("record Page<T>(T[] Items, int Total);", "Page<string>")]
    [InlineData("class Names : List<string>;", "Names")]
    [InlineData("class Extra { [JsonExtensionData] public Dictionary<string, JsonElement>? Rest { get; set; } }", "Extra")]
    [InlineData("record Late(Func<int>? Then = null, string Name = \"\");", "Late")]
    [InlineData("", "string[]")]
    [InlineData("", "IEnumerable<int>")]
    [InlineData("", "IReadOnlyList<Guid>")]
    [InlineData("", "IDictionary<string, int>")]
    [InlineData("", "Dictionary<int, string[]>")]
    [InlineData("", "HashSet<string>")]
    [InlineData("", "ISet<string>")]
    [InlineData("", "System.Collections.Immutable.ImmutableArray<int>")]
    [InlineData("", "System.Collections.Immutable.IImmutableList<int>")]
    [InlineData("", "System.Collections.ObjectModel.ObservableCollection<int>")]
    [InlineData("", "JsonElement")]
    [InlineData("", "JsonNode")]
    [InlineData("", "JsonObject")]
    [InlineData("", "JsonDocument")]
    [InlineData("", "Uri")]
    [InlineData("", "Version")]
    [InlineData("", "DateTimeOffset")]
    [InlineData("", "DateOnly?")]
    [InlineData("", "TimeSpan")]
    [InlineData("", "byte[]")]
    [InlineData("", "object")]
    [InlineData("", "(int X, int Y)")]
    [InlineData("", "Tuple<int, string>")]
    [InlineData("", "KeyValuePair<string, int>")]
    [InlineData("", "System.Numerics.Vector3")]
    [InlineData("", "decimal")]
    [InlineData("", "Half")]
    [InlineData("", "Int128")]
    public async Task Ordinary_data_stays_an_argument(string types, string type)
    {
        await using var host = await TestHost.StartAsync(
            ("data.csx", $"using System.Text.Json.Nodes; using System.Text.Json.Serialization;\n{types}\nmcp.Tool(\"data\", \"d\", ({type} it) => \"ok\");"));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        Assert.True(
            (await (await host.Client).ListToolsAsync()).Single(tool => tool.Name == "data").JsonSchema.GetProperty("properties").TryGetProperty("it", out _));
    }

    [Fact]
    public async Task A_registered_class_is_injected_and_is_not_an_argument()
    {
        await using var host = await TestHost.StartAsync(("clock.csx", """
            class Clock { public string Now() => "noon"; }
            mcp.Services.AddSingleton<Clock>();
            mcp.Tool("time", "d", (Clock clock, string city) => $"{city} {clock.Now()}");
            """));
        Assert.Equal("Graz noon", await host.CallAsync("time", new { city = "Graz" }));
    }

    [Fact]
    public async Task A_DLL_of_the_SDK_gets_a_client_and_an_unregistered_class_is_reported_with_the_fix()
    {
        var dll = Dll.Build("Forecast", """
            [McpServerToolType] public static class ForecastTools
            {
                [McpServerTool, Description("Get the forecast.")] public static async Task<string> GetForecast(System.Net.Http.HttpClient client, double lat)
                {
                    await Task.Yield();
                    return $"{client.BaseAddress is null} {lat}";
                }
            }
            """);
        var clock = Dll.Build("Clocks", """
            public class Clock { public string Now() => "noon"; }
            [McpServerToolType] public static class ClockTools
            {
                [McpServerTool, Description("Time.")] public static string GetTime(Clock clock) => clock.Now();
            }
            """);
        await using var host = await TestHost.StartAsync(new TestSetup { Prepare = folder => { dll.WriteTo(folder.Path); clock.WriteTo(folder.Path); } });
        Assert.Equal("True 1.5", await host.CallAsync("get_forecast", new { lat = 1.5 }));
        var problem = Assert.Single(host.StatusOf("Clocks").Problems);
        Assert.Contains("McpScript.IPlugin", problem.Message);
        Assert.Equal(("MCS0013", host.Folder["Clocks.dll"]), (problem.Code, problem.File));
    }
}
