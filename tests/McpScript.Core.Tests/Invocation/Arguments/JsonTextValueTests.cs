using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Texts are read and counted as JSON Schema counts, and half a surrogate pair is no text.</summary>
public class JsonTextValueTests
{
    [Theory]
    [InlineData("\"\"", "", 0)]
    [InlineData("\"abc\"", "abc", 3)]
    [InlineData("\"a\\nb\"", "a\nb", 3)]
    [InlineData("\"\\u0061\"", "a", 1)]
    [InlineData("\"größe\"", "größe", 5)]
    [InlineData("\"😀\"", "😀", 1)]
    [InlineData("\"\\uD83D\\uDE00!\"", "😀!", 2)]
    [InlineData("\"\\ud800\"", null, 0)]
    public void A_character_is_a_code_point(string value, string? text, int length)
    {
        Assert.Equal(text, JsonTextValue.Of(JsonElement.Parse(value)));
        Assert.Equal(length, JsonTextValue.Length(JsonElement.Parse(value)));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":2}", "b", "2")]
    [InlineData("{\"a\":1,\"a\":2}", "a", "2")]
    [InlineData("{\"a\":1,\"\\ud800a\":2}", "a", "1")]
    [InlineData("{\"a\":1,\"\\ud800a\":2,\"a\":3}", "a", "3")]
    [InlineData("{\"\\ud800a\":2}", "a", null)]
    [InlineData("{\"a\":1}", "A", null)]
    public void A_member_is_found_beside_a_name_that_is_not_valid_text(string value, string name, string? member)
    {
        Assert.Equal(member is not null, JsonTextValue.TryGetMember(JsonElement.Parse(value), name, out var found));
        Assert.Equal(member, found.ValueKind == JsonValueKind.Undefined ? null : found.GetRawText());
    }

    [Theory]
    [InlineData("{\"größe\":1}", "größe")]
    [InlineData("{\"\\u0061\":1}", "a")]
    [InlineData("{\"a\\udc00\":1}", null)]
    public void A_name_may_be_invalid_text_too(string value, string? name) =>
        Assert.Equal(name, JsonTextValue.Name(JsonElement.Parse(value).EnumerateObject().Single()));
}
