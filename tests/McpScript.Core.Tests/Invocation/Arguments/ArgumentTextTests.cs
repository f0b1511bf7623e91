using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Problems are sentences with a place, what fits there, and what came; none grows with what a client sends.</summary>
public class ArgumentTextTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(2L, null, "at least 2 items")]
    [InlineData(1L, null, "at least 1 item")]
    [InlineData(null, 3L, "at most 3 items")]
    [InlineData(null, 1L, "at most 1 item")]
    [InlineData(2L, 3L, "2 to 3 items")]
    [InlineData(0L, 1L, "0 to 1 item")]
    [InlineData(3L, 3L, "3 items")]
    [InlineData(1L, 1L, "1 item")]
    public void Counts_are_described_as_a_range(long? least, long? most, string? words) => Assert.Equal(words, ArgumentText.Count(least, most, "item"));

    [Theory]
    [InlineData("null", "null", "null")]
    [InlineData("\"a\"", "the string \"a\"", "a value of the kind 'string'")]
    [InlineData("1.50", "the number 1.50", "a value of the kind 'number'")]
    [InlineData("true", "the boolean true", "a value of the kind 'true'")]
    [InlineData("false", "the boolean false", "a value of the kind 'false'")]
    [InlineData("[1, 2]", "the array [1, 2]", "a value of the kind 'array'")]
    [InlineData("{\"a\":1}", "the object {\"a\":1}", "a value of the kind 'object'")]
    public void An_argument_is_reported_with_its_value_unless_it_may_be_secret(string value, string shown, string hidden)
    {
        Assert.Equal(shown, ArgumentText.Came(JsonElement.Parse(value), showValues: true));
        Assert.Equal(hidden, ArgumentText.Came(JsonElement.Parse(value), showValues: false));
    }

    [Theory]
    [InlineData(58, "")]
    [InlineData(59, "...")]
    [InlineData(300, "...")]
    [InlineData(5_000_000, "...")]
    public void A_long_value_is_cut(int length, string end)
    {
        var came = ArgumentText.Came(JsonElement.Parse($"\"{new string('a', length)}\""), showValues: true);

        Assert.Equal(end.Length == 0 ? $"the string \"{new string('a', length)}\"" : $"the string \"{new string('a', 56)}...", came);
    }

    [Fact]
    public void A_value_of_multibyte_characters_is_not_cut_within_a_character()
    {
        // 240 bytes of it are read, and 60 characters shown.
        var came = ArgumentText.Came(JsonElement.Parse($"\"{string.Concat(Enumerable.Repeat("€", 100))}\""), showValues: true);

        Assert.Equal($"the string \"{string.Concat(Enumerable.Repeat("€", 56))}...", came);
    }

    [Theory]
    [InlineData(60, 60, "")]
    [InlineData(61, 57, "...")]
    public void A_name_is_cut_at_sixty_characters(int length, int shown, string end) =>
        Assert.Equal(new string('n', shown) + end, ArgumentText.Short(new string('n', length)));

    [Fact]
    public void A_location_is_the_names_on_its_path()
    {
        Assert.Equal("a", ArgumentText.Member("", "a"));
        Assert.Equal("a[1].b", ArgumentText.Member("a[1]", "b"));
        Assert.Equal($"a.{new string('n', 57)}...", ArgumentText.Member("a", new string('n', 61)));
    }

    [Fact]
    public void The_end_of_a_long_location_is_reported()
    {
        var (fits, long1) = (new string('p', 200), new string('p', 100) + new string('q', 101));

        Assert.StartsWith($"'{fits}' should", ArgumentText.Misfit(fits, SchemaNode.Nothing, JsonElement.Parse("1"), true));
        Assert.StartsWith($"'...{long1[^197..]}' should", ArgumentText.Misfit(long1, SchemaNode.Nothing, JsonElement.Parse("1"), true));
        Assert.Equal("'arguments' should be absent, but the number 1 came.", ArgumentText.Misfit("", SchemaNode.Nothing, JsonElement.Parse("1"), true));
    }

    [Theory]
    [InlineData(0, "; it takes none")]
    [InlineData(1, "; it takes 'n0'")]
    [InlineData(2, "; it takes 'n0', 'n1'")]
    public void The_existing_names_are_listed(int count, string words) =>
        Assert.Equal(words, ArgumentText.Known([.. Enumerable.Range(0, count).Select(number => $"n{number}")]));

    [Theory]
    [InlineData(40, "'n39'")]
    [InlineData(41, "'n39' and 1 more")]
    public void Forty_of_many_names_are_listed(int count, string end) =>
        Assert.EndsWith($"'n38', {end}", ArgumentText.Known([.. Enumerable.Range(0, count).Select(number => $"n{number}")]));

    [Fact]
    public void A_long_name_among_them_is_cut() => Assert.Equal($"; it takes '{new string('n', 57)}...'", ArgumentText.Known([new string('n', 61)]));

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"type":"string"}""", "a string")]
    [InlineData("""{"type":"integer"}""", "an integer")]
    [InlineData("""{"type":"number"}""", "a number")]
    [InlineData("""{"type":"boolean"}""", "a boolean")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "an array")]
    [InlineData("""{"type":"object"}""", "an object")]
    [InlineData("""{"type":"null"}""", "null")]
    [InlineData("""{"type":["integer","null"],"minimum":1}""", "an integer of at least 1 or null")]
    [InlineData("""{"enum":[1,2]}""", "one of 1, 2")]
    [InlineData("""{"type":"integer","enum":[1,2]}""", "one of 1, 2")]
    [InlineData("""{"$ref":"#/$defs/a"}""", "a boolean")]
    [InlineData("""{"allOf":[{"type":"integer"},{"type":"number"}]}""", "an integer")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "an integer or null")]
    [InlineData("""{"oneOf":[{"type":"integer"},{}]}""", "an integer")]
    [InlineData("""{"anyOf":[{"type":"integer"}],"oneOf":[{"type":"null"}]}""", "an integer or null")]
    [InlineData("""{"not":{"type":"integer"}}""", "")]
    [InlineData("""{"type":"string","anyOf":[{"minLength":1}]}""", "a string")]
    [InlineData("""{"format":"date"}""", "a date such as 2026-11-28")]
    [InlineData("""{"type":["string","null"],"format":"date"}""", "a date such as 2026-11-28 or null")]
    [InlineData("""{"type":"integer","format":"date"}""", "an integer")]
    [InlineData("""{"minLength":1}""", "")]
    public void A_schema_describes_the_values_that_it_accepts(string schema, string words) =>
        Assert.Equal(words, ArgumentText.Words(SchemaCheck.Node(schema.Insert(1, schema.Length > 2 ? "\"$defs\":{\"a\":{\"type\":\"boolean\"}}," : ""))));

    [Theory]
    [InlineData("""{"type":["string","null"],"format":"date"}""", "\"a\"", "a date such as 2026-11-28 or null")]
    [InlineData("""{"type":"string","format":"date"}""", "\"a\"", "a date such as 2026-11-28")]
    [InlineData("""{"format":"date"}""", "\"a\"", "a date such as 2026-11-28")]
    [InlineData("""{"type":["string","integer"],"format":"date"}""", "\"a\"", "a date such as 2026-11-28")]
    [InlineData("""{"type":["string","integer"],"format":"date"}""", "true", "a date such as 2026-11-28 or an integer")]
    [InlineData("""{"type":["string","integer"],"format":"date","pattern":"^2027"}""", "\"2026-11-28\"", "a date such as 2026-11-28 or an integer")]
    [InlineData("""{"type":"string","enum":["a"]}""", "\"b\"", "one of \"a\"")]
    [InlineData("""{"type":"string","enum":["a"]}""", "1", "one of \"a\"")]
    [InlineData("""{"type":["string","integer"],"minLength":2,"minimum":1}""", "\"a\"", "a string of at least 2 characters or an integer of at least 1")]
    public void The_kind_of_mismatch_determines_the_text(string schema, string value, string words) =>
        Assert.Contains($"should be {words}, but", Assert.Single(SchemaCheck.Problems(schema, value)));
}
