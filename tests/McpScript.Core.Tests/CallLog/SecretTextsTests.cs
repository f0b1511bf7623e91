using System.Text.Json;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>The values of secrets are found again in other texts, whole, also where they share a beginning or overlap.</summary>
public class SecretTextsTests
{
    // The header that all JSON web tokens of one kind begin with.
    const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

    [Theory]
    [InlineData("\"abcd\"", "abcd", "[redacted]")]
    [InlineData("\"abc\"", "abc", "abc")]
    [InlineData("\"abcd\"", "<abcdabcd> ABCD abcd", "<[redacted][redacted]> ABCD [redacted]")]
    [InlineData("1234", "1234 and 12345", "[redacted] and [redacted]5")]
    [InlineData("123", "123", "123")]
    [InlineData("12.50", "12.50 12.5", "[redacted] 12.5")]
    [InlineData("true", "true", "true")]
    [InlineData("null", "null", "null")]
    [InlineData("[\"abcd\",[\"efgh\"],{\"name\":\"ijkl\"}]", "abcd efgh ijkl name", "[redacted] [redacted] [redacted] name")]
    [InlineData("\"[redacted]\"", "[redacted]", "[redacted]")]
    public void Texts_and_numbers_from_four_characters_up_are_found(string secrets, string text, string masked) => Assert.Equal(masked, Masked(text,
        secrets));

    [Fact]
    public void Without_secrets_a_text_is_as_it_was()
    {
        var text = new string('x', 10);
        Assert.Same(text, new SecretTexts().Mask(text));
        Assert.Same(text, Masking("\"abcd\"").Mask(text));
    }

    [Theory]
    [InlineData("abcdefghijklmno", "abcdefghijklmno")]
    [InlineData("abcdefghijklmnop", "[redacted]")]
    [InlineData("<abcdefghijklmnopqr>", "<[redacted]>")]
    [InlineData("abcdefghijklmnopqrXstuvwxyz", "[redacted]Xstuvwxyz")]
    [InlineData("abcdefghijklmnopqrstuvwxyzA", "[redacted]A")]
    public void Sixteen_characters_of_a_long_secret_are_masked(string text, string masked) =>
        Assert.Equal(masked, Masked(text, "\"abcdefghijklmnopqrstuvwxyz\""));

    [Fact]
    public void Of_a_short_secret_only_the_whole_is_found() =>
        Assert.Equal("abcdefghijklmn [redacted]", Masked("abcdefghijklmn abcdefghijklmno", "\"abcdefghijklmno\""));

    [Theory]
    [InlineData("\"pass\",\"pass1234\"", "pass1234 pass", "[redacted] [redacted]")]
    [InlineData("\"pass1234\",\"pass\"", "pass1234 pass", "[redacted] [redacted]")]
    [InlineData("\"1234\",\"pass1234word\"", "pass1234word", "[redacted]")]
    [InlineData("\"abcdef\",\"defghi\"", "abcdefghi", "[redacted]")]
    [InlineData("\"defghi\",\"abcdef\"", "abcdefghi", "[redacted]")]
    [InlineData("\"abab\"", "ababab", "[redacted]")]
    [InlineData("\"abcdefghi\",\"bcde\"", "abcdefghi!", "[redacted]!")]
    public void Secrets_within_secrets_are_masked_completely(string secrets, string text, string masked) => Assert.Equal(masked, Masked(text, $"[{secrets}]"));

    [Fact]
    public void Tokens_that_begin_alike_are_all_masked_whole()
    {
        var (access, id) = ($"{Header}.eyJzdWIiOiJhbm4ifQ.first", $"{Header}.eyJzdWIiOiJib2IifQ.second");

        Assert.Equal("id [redacted], access [redacted]", Masked($"id {id}, access {access}", $"[\"{access}\",\"{id}\"]"));
        Assert.Equal("id [redacted], access [redacted]", Masked($"id {id}, access {access}", $"[\"{id}\",\"{access}\"]"));
    }

    [Theory]
    [InlineData(@"""a\""b\\c""", @"a""b\c and a\""b\\c")]
    [InlineData(@"""gr\u00fc\u00dfe""", @"grüße and gr\u00fc\u00dfe")]
    [InlineData(@"""grüße""", @"grüße and gr\u00FC\u00DFe")]
    [InlineData(@"""a<b&c""", @"a<b&c and a\u003Cb\u0026c")]
    [InlineData(@"""a'\""b""", @"a'\""b and a\u0027\u0022b")]
    [InlineData(@"""p@ss:word""", @"p@ss:word and p%40ss%3Aword")]
    public void A_secret_is_found_however_it_is_escaped(string secret, string text) => Assert.Equal("[redacted] and [redacted]", Masked(text, secret));

    [Fact]
    public void Half_a_surrogate_pair_in_a_secret_is_found_as_it_is_written() => Assert.Equal(@"<[redacted]>", Masked(@"<ab\ud800cd>", @"""ab\ud800cd"""));

    [Theory]
    [InlineData("it is abcdefg", "it is [redacted]")]
    [InlineData("it is abcd", "it is [redacted]")]
    [InlineData("it is abc", "it is abc")]
    [InlineData("abcdefgh abcde", "[redacted] [redacted]")]
    [InlineData("abcde and more", "abcde and more")]
    public void The_beginning_of_a_secret_where_a_text_was_cut_off_is_masked(string text, string masked) =>
        Assert.Equal(masked, Masking("\"abcdefgh\"").Mask(text, isTruncated: true));

    [Fact]
    public void A_number_that_contains_a_secret_is_recognized()
    {
        var secrets = Masking("123456");

        Assert.Equal((true, true, false, false), (secrets.IsIn("123456"), secrets.IsIn("-1234567"), secrets.IsIn("12345"), new SecretTexts().IsIn("123456")));
    }

    static string Masked(string text, string secrets) => Masking(secrets).Mask(text);

    static SecretTexts Masking(string secrets)
    {
        var texts = new SecretTexts();
        texts.Add(JsonElement.Parse(secrets));
        return texts;
    }
}
