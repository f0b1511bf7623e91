using System.Text.Json;
using McpScript.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Authoring;

/// <summary>Arguments of prompts are texts; they are converted to the types of the handler's parameters.</summary>
[Trait("Fault", "B-F4")]
public class PromptArgumentSpecs
{
    const string Script = """
        using System.Text.Json.Serialization;
        enum Tone { Plain, Friendly }
        record Person(string Name, int? Age);
        class Word { public string Text => "service"; }
        mcp.Services.AddSingleton<Word>();
        mcp.Prompt("typed", "T.", (int n, bool b = false) => $"{n} {b}");
        mcp.Prompt("kinds", "K.", (Tone tone, Guid id, DateTime at, DateOnly day, TimeSpan span, double x, decimal m, char c, Uri u) =>
            FormattableString.Invariant($"{tone} {id:N} {at:yyyy-MM-ddTHH:mm} {day:yyyy-MM-dd} {span} {x} {m} {c} {u}"));
        mcp.Prompt("json", "J.",
            (Person who, int[] numbers, Dictionary<string, bool> flags, JsonElement any) => $"{who} {string.Join("+", numbers)} {flags["on"]} {any}");
        mcp.Prompt("optional", "O.", (string text, int? n, string? note, Tone tone = Tone.Friendly, List<string>? tags = null) =>
            $"{text} {n?.ToString() ?? "-"} {note ?? "-"} {tone} {tags?.Count.ToString() ?? "-"}");
        mcp.Prompt("service", "S.", (Word word, CancellationToken ct, string text) => $"{word.Text} {text}");
        [McpServerPrompt(Name = "attributed")] string Attributed(int n, bool? b = null) => $"{n} {b?.ToString() ?? "-"}";
        """;

    [Theory]
    [InlineData("typed", """{"n":"5","b":"true"}""", "5 True")]
    [InlineData("typed", """{"n":" 5 ","b":"TRUE"}""", "5 True")]
    [InlineData("typed", """{"n":"-7"}""", "-7 False")]
    [InlineData("typed", """{"n":"7","b":""}""", "7 False")]
    [InlineData("typed", """{"n":"7","b":null}""", "7 False")]
    [InlineData("typed", """{"n":5,"b":true}""", "5 True")]
    [InlineData("kinds", """
        {"tone":"friendly","id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","at":"2026-11-28T17:30:00","day":"2026-11-28","span":"01:30:00",
        "x":"1.5","m":"2.50","c":"5","u":"http://a/b"}
        """,
        "Friendly 6f9619ff8b86d011b42d00cf4fc964ff 2026-11-28T17:30 2026-11-28 01:30:00 1.5 2.50 5 http://a/b")]
    [InlineData("json", """{"who":"{\"name\":\"Ada\",\"age\":36}","numbers":"[1,2]","flags":"{\"on\":true}","any":"text"}""",
        "Person { Name = Ada, Age = 36 } 1+2 True text")]
    [InlineData("optional", """{"text":"a"}""", "a - - Friendly -")]
    [InlineData("optional", """{"text":"","n":"3","note":"","tone":"Plain","tags":"[\"x\"]"}""", " 3  Plain 1")]
    [InlineData("service", """{"text":"x"}""", "service x")]
    [InlineData("attributed", """{"n":"5","b":"false"}""", "5 False")]
    public async Task Texts_are_converted_to_the_types_of_the_parameters(string prompt, string arguments, string text)
    {
        await using var host = await TestHost.StartAsync(("prompts.csx", Script));
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        var result = await (await host.Client).GetPromptAsync(prompt, Of(arguments));
        Assert.Equal(text, Assert.IsType<TextContentBlock>(result.Messages.Single().Content).Text);
    }

    [Theory]
    [InlineData("typed", "{}", "'n' is missing", "an integer")]
    [InlineData("typed", """{"n":null}""", "'n' is missing", "an integer")]
    [InlineData("typed", """{"n":"five"}""", "'n' should be an integer", "\"five\"")]
    [InlineData("typed", """{"n":"1.5"}""", "'n' should be an integer", "1.5")]
    [InlineData("typed", """{"n":"3000000000"}""", "'n' should be an integer", "3000000000")]
    [InlineData("typed", """{"n":""}""", "'n' should be an integer", "\"\"")]
    [InlineData("typed", """{"n":"1","b":"maybe"}""", "'b' should be true or false", "maybe")]
    [InlineData("service", """{"text":5}""", "'text' should be a text", "5")]
    [InlineData("json", """{"who":"Ada","numbers":"[]","flags":"{}","any":""}""", "'who' should be a JSON object", "Ada")]
    [InlineData("json", """{"who":"{\"name\":\"a\",\"age\":1}","numbers":"1,2","flags":"{}","any":""}""", "'numbers' should be a JSON array", "1,2")]
    [InlineData("optional", """{"text":"a","tone":"loud"}""", "'tone' should be one of Plain, Friendly", "loud")]
    [InlineData("optional", """{"text":"a","tone":"1"}""", "'tone' should be one of Plain, Friendly", "1")]
    public async Task A_missing_or_wrong_argument_is_invalid_params_with_its_name_and_valid_values(string prompt, string arguments, string what, string also)
    {
        await using var host = await TestHost.StartAsync(("prompts.csx", Script));
        var e = await Assert.ThrowsAsync<McpProtocolException>(async () => await (await host.Client).GetPromptAsync(prompt, Of(arguments)));
        Assert.Equal(McpErrorCode.InvalidParams, e.ErrorCode);
        Assert.Contains($"Prompt '{prompt}'", e.Message);
        Assert.Contains(what, e.Message);
        Assert.Contains(also, e.Message);
    }

    [Fact]
    public async Task The_list_and_the_unload_are_unchanged()
    {
        await using var host = await TestHost.StartAsync(("prompts.csx", Script));
        var listed = (await (await host.Client).ListPromptsAsync()).ToDictionary(
            prompt => prompt.Name, prompt => prompt.ProtocolPrompt.Arguments!.Select(argument => $"{argument.Name}{(argument.Required is true ? "!" : "")}"));
        Assert.Equal(["n!", "b"], listed["typed"]);
        Assert.Equal(["text!"], listed["service"]);
        await (await host.Client).GetPromptAsync("json", Of("""{"who":"{\"name\":\"Ada\",\"age\":36}","numbers":"[1]","flags":"{\"on\":true}","any":"x"}"""));
        await host.Registry.UnloadAsync("prompts");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    static Dictionary<string, object?> Of(string json) => JsonSerializer.Deserialize<Dictionary<string, object?>>(json)!;
}
