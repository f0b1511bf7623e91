using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>A value under a secret's name is nowhere in what is written, whatever its shape, its place and its spelling, and all else is as it was.</summary>
public class RedactionProperties
{
    static readonly Gen<JavaScriptEncoder> JsonEncoder = Gen.OneOf(JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    // No secret's name is made of these.
    static readonly Gen<string> Other = Gen.Char["bgmqvxüß123-_"].Array[0, 8].Select(letters => new string(letters));

    [Fact]
    public void In_parameters_each_secret_is_replaced_by_a_mark_and_all_else_is_unchanged() => SecretTree.Object.Sample(tree =>
    {
        var call = Redaction.Default.Apply(Call(tree));

        Assert.Equal(tree.Masked!.AsObject().Select(member => member.Key), call.Params.Select(pair => pair.Key));
        foreach (var (name, value) in call.Params)
            Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(tree.Masked[name]), value), $"{name}: {value.GetRawText()}");
    }, iter: 500);

    [Fact]
    public void A_secret_among_the_parameters_is_nowhere_else_however_it_is_repeated() =>
        Gen.Select(SecretTree.Object, Gen.Int[0, 99].List[1, 4], Gen.Int[0, 6].List[1, 4]).Sample((tree, which, forms) =>
    {
        if (tree.Secrets.IsEmpty)
            return;
        var echoes = which.Zip(forms, (one, form) => Form(tree.Secrets[one % tree.Secrets.Length], form)).ToList();
        var call = Call(tree);
        call = call with
        {
            Tool = $"no tool {echoes[0]}",
            Params =
            [
                .. call.Params, new(echoes[0], JsonSerializer.SerializeToElement(1)), new("echo", JsonSerializer.SerializeToElement(echoes)),
                new("number", JsonElement.Parse(Digits(echoes[0]))),
                new("nested", JsonSerializer.SerializeToElement(new Dictionary<string, object> { [echoes[0]] = new[] { echoes[^1] } })),
            ],
            Result = string.Join(" and ", echoes),
        };

        AssertNoSecret(Redaction.Default.Apply(call), "Q");
    }, iter: 500);

    [Fact]
    public void A_secret_that_is_only_in_the_result_is_recognized_by_its_name_in_nested_json_too() =>
        Gen.Select(SecretTree.Object, JsonEncoder, Gen.Bool, JsonEncoder.List[0, 2]).Sample((tree, encoder, indented, levels) =>
    {
        // Within a text, a line end is no white space, and is masked with a number before it.
        var options = new JsonSerializerOptions { Encoder = encoder, WriteIndented = indented && levels.Count == 0 };
        var result = Wrapped(tree.Plain!.ToJsonString(options), levels);
        var expected = Wrapped(tree.Masked!.ToJsonString(options).Replace($"\"{Redaction.Mark}\"", Redaction.Mark), levels);

        Assert.Equal(expected, Redaction.Default.Apply(Some.ToolCall(parameters: "{}", result: result)).Result);
    }, iter: 500);

    [Fact]
    public void A_result_that_is_cut_off_leaves_at_most_three_characters_of_a_secret() =>
        Gen.Select(SecretTree.Object, JsonEncoder, JsonEncoder.List[0, 2], Gen.Int[0, 1000]).Sample((tree, encoder, levels, cut) =>
    {
        var whole = Wrapped(tree.Plain!.ToJsonString(new() { Encoder = encoder }), levels) + string.Concat(tree.Secrets);
        var beginning = whole[..(cut % (whole.Length + 1))];
        var call = Call(tree) with { Result = beginning, ResultLength = whole.Length };

        AssertNoSecret(Redaction.Default.Apply(call), "Q[0-3]Z.", "Qthe");
    }, iter: 500);

    [Fact]
    public void A_shape_shows_no_value() => SecretTree.Object.Sample(tree =>
    {
        var call = new Redaction(shapesOnly: true).Apply(Call(tree) with { Result = string.Concat(tree.Secrets) });

        AssertNoSecret(call, "Q");
        Assert.Equal($"string({tree.Secrets.Sum(secret => secret.Length)})", call.Result);
        Assert.Equal(tree.Masked!.AsObject().Select(member => member.Key), call.Params.Select(pair => pair.Key));
    }, iter: 500);

    [Fact]
    public void Any_spelling_of_a_secret_name_is_recognized() =>
        Gen.Select(Gen.OneOf(Redaction.DefaultNames.ToArray()), Gen.Char["-_ .:/'\""].Array[24], Gen.Bool.Array[24], Other, Other).Sample(
        (name, separators, upper, before, after) =>
        {
            var letters = name.SelectMany((letter, at) => new[] { upper[at] ? char.ToUpperInvariant(letter) : letter, separators[at] });
            Assert.True(Redaction.Default.Hides(before + string.Concat(letters) + after));
            Assert.False(Redaction.Default.Hides(before + after));
        }, iter: 500);

    static ToolCall Call(SecretTree tree) => Some.ToolCall(parameters: tree.Plain!.ToJsonString(), result: "done");

    static string Form(string secret, int form) => form switch
    {
        0 => JsonEncodedText.Encode(secret).Value,
        1 => JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        2 => Uri.EscapeDataString(secret),
        3 => $"https://ann:{secret}@host/path",
        4 => new JsonObject { ["again"] = secret }.ToJsonString(),
        _ => secret,
    };

    // A number that holds the digits of a secret number.
    static string Digits(string echo) => echo.StartsWith('7') && echo.All(char.IsAsciiDigit) ? $"1{echo}2" : "0";

    static string Wrapped(string json, List<JavaScriptEncoder> levels) =>
        levels.Aggregate(json, (inner, encoder) => $$"""{"body":"{{JsonEncodedText.Encode(inner, encoder).Value}}","user":"ann"}""");

    static void AssertNoSecret(ToolCall call, params string[] beginnings)
    {
        var written = $"{call.Tool}\n{string.Join('\n', call.Params.Select(pair => $"{pair.Key}: {pair.Value.GetRawText()}"))}\n{call.Result}";
        foreach (var beginning in beginnings.Append("7000"))
            Assert.DoesNotMatch(beginning, written);
    }
}
