using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>JSON values are equal as JSON Schema has it, and equal values have equal hashes.</summary>
public class JsonEqualityTests
{
    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("100", "1e2", true)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("\"a\"", "\"\\u0061\"", true)]
    [InlineData("\"a\"", "\"A\"", false)]
    [InlineData("{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1}", true)]
    [InlineData("{\"a\":1}", "{\"a\":2}", false)]
    [InlineData("{\"a\":1}", "{\"b\":1}", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1]", "[1,1]", false)]
    [InlineData("[]", "{}", false)]
    [InlineData("null", "null", true)]
    [InlineData("null", "false", false)]
    [InlineData("true", "false", false)]
    [InlineData("1e400", "1e400", true)]
    public void Numbers_are_compared_by_value_and_members_in_any_order(string one, string other, bool equal)
    {
        var (x, y) = (JsonElement.Parse(one), JsonElement.Parse(other));

        Assert.Equal(equal, JsonEquality.Instance.Equals(x, y));
        Assert.Equal(equal, JsonEquality.Instance.GetHashCode(x) == JsonEquality.Instance.GetHashCode(y));
    }

    [Theory]
    [InlineData("\"\\ud800\"", "\"\\ud800\"", true)]
    [InlineData("\"\\ud800\"", "\"\\ud801\"", false)]
    [InlineData("\"\\ud800\"", "\"a\"", false)]
    [InlineData("{\"\\ud800\":1}", "{\"\\ud800\":1}", true)]
    [InlineData("{\"\\ud800\":1}", "{\"\\ud800\":2}", false)]
    [InlineData("{\"\\ud800\":1}", "{\"a\":1}", false)]
    [InlineData("[\"\\ud800\"]", "[\"\\ud800\"]", true)]
    public void Half_a_surrogate_pair_equals_itself_as_it_is_written(string one, string other, bool equal)
    {
        var (x, y) = (JsonElement.Parse(one), JsonElement.Parse(other));

        Assert.Equal(equal, JsonEquality.Instance.Equals(x, y));
        if (equal)
            Assert.Equal(JsonEquality.Instance.GetHashCode(x), JsonEquality.Instance.GetHashCode(y));
    }

    [Fact]
    public void A_value_written_in_another_way_is_equal_and_has_the_same_hash() => Value.Sample(value =>
    {
        var (x, y) = (JsonSerializer.SerializeToElement(value), JsonElement.Parse(Rewritten(value)));

        Assert.True(JsonEquality.Instance.Equals(x, y));
        Assert.Equal(JsonEquality.Instance.GetHashCode(x), JsonEquality.Instance.GetHashCode(y));
    }, iter: 500);

    static readonly Gen<JsonNode?> Plain = Gen.OneOf<JsonNode?>(
        Gen.Int[-9, 9].Select(number => (JsonNode?)number), Gen.OneOf("", "a", "é", "😀", "\"").Select(text => (JsonNode?)text),
        Gen.Bool.Select(flag => (JsonNode?)flag), Gen.Const((JsonNode?)null));

    static readonly Gen<JsonNode?> Value = Gen.Recursive<JsonNode?>((depth, inner) => depth >= 3 ? Plain : Gen.Frequency(
        (2, Plain),
        (1, inner.List[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
        (1, inner.List[0, 3].Select(items => (JsonNode?)new JsonObject(items.Select((item, at) => KeyValuePair.Create($"n{at}", item?.DeepClone())))))));

    // Numbers with a point, texts in escapes, members the other way round.
    static string Rewritten(JsonNode? value) => value switch
    {
        null => " null",
        JsonArray items => $"[ {string.Join(" , ", items.Select(Rewritten))} ]",
        JsonObject members => $"{{ {string.Join(" , ", members.Reverse().Select(member => $"{Escaped(member.Key)} : {Rewritten(member.Value)}"))} }}",
        _ when value.GetValueKind() == JsonValueKind.Number => $"{value}0e-1".Replace("00e-1", "0.0"),
        _ when value.GetValueKind() == JsonValueKind.String => Escaped((string)value!),
        _ => value.ToJsonString(),
    };

    static string Escaped(string text) => $"\"{string.Concat(text.Select(letter => $"\\u{(int)letter:x4}"))}\"";
}
