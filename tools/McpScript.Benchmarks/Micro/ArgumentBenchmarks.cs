using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Json.Schema;
using McpScript.Invocation.Arguments;

namespace McpScript.Benchmarks.Micro;

/// <summary>Validation of a call's arguments against the tool's schema, which every call needs: <see cref="ArgumentSchema"/> and JsonSchema.Net.</summary>
[MemoryDiagnoser]
public class ArgumentBenchmarks
{
    const string FlatSchema = """
        {"type":"object","properties":{"name":{"type":"string"},"count":{"type":"integer","minimum":1,"maximum":100},
        "express":{"type":"boolean","default":false}},"required":["name","count"]}
        """;

    const string DeepSchema = """
        {"type":"object","properties":{"customer":{"type":"string","pattern":"^[A-Za-z ]+$"},
        "items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},
        "count":{"type":"integer"},"size":{"enum":["Small","Large"]}},"required":["name","count"]}}},"required":["customer","items"]}
        """;

    const string Item = """{"name":"tea","count":2,"size":"Large"}""";

    static readonly JsonElement FlatArguments = Json("""{"name":"Ada","count":3,"express":true}""");
    static readonly JsonElement DeepArguments = Json($$"""{"customer":"Ada Lovelace","items":[{{string.Join(',', Enumerable.Repeat(Item, 10))}}]}""");

    readonly Dictionary<string, JsonElement> _flat = Members(FlatArguments);
    readonly Dictionary<string, JsonElement> _deep = Members(DeepArguments);
    readonly ArgumentSchema _flatSchema = ArgumentSchema.Compile(Json(FlatSchema));
    readonly ArgumentSchema _deepSchema = ArgumentSchema.Compile(Json(DeepSchema));
    readonly JsonSchema _flatOther = JsonSchema.FromText(FlatSchema);
    readonly JsonSchema _deepOther = JsonSchema.FromText(DeepSchema);

    /// <summary>Three scalar arguments.</summary>
    [Benchmark(Baseline = true)]
    public bool Flat() => _flatSchema.FitsAsItCame(_flat);

    /// <summary>Three scalar arguments with JsonSchema.Net. The arguments are one JSON value already, unlike in a call.</summary>
    [Benchmark]
    public bool FlatByJsonSchemaNet() => _flatOther.Evaluate(FlatArguments).IsValid;

    /// <summary>A list of ten records.</summary>
    [Benchmark]
    public bool Deep() => _deepSchema.FitsAsItCame(_deep);

    /// <summary>A list of ten records with JsonSchema.Net.</summary>
    [Benchmark]
    public bool DeepByJsonSchemaNet() => _deepOther.Evaluate(DeepArguments).IsValid;

    /// <summary>An integer written as 3.0, which is rewritten as 3.</summary>
    [Benchmark]
    public int Rewritten() => _flatSchema.Check(new Dictionary<string, JsonElement>(_flat) { ["count"] = Three }).Changed!.Count;

    static readonly JsonElement Three = Json("3.0");

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    static Dictionary<string, JsonElement> Members(JsonElement value) => value.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
