using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>The formats of schemas that were written by hand.</summary>
public class NamedFormatsTests
{
    [Theory]
    [InlineData("date-time", "2026-11-28T17:00:00Z", "2026-11-28T17:00:00.5+01:00", "2026-11-28T17:00:00", "2026-11-28")]
    [InlineData("date", "2026-11-28", "2024-02-29", "0001-01-01")]
    [InlineData("time", "17:00:00Z", "17:00:00", "17:00:00.25+01:00", "00:00:00-05:30")]
    [InlineData("uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "6F9619FF-8B86-D011-B42D-00C04FC964FF")]
    [InlineData("uri", "https://example.com/a?b=c#d", "urn:isbn:1", "HTTP://EXAMPLE.COM", "mailto:a@b.c")]
    [InlineData("uri-reference", "https://example.com", "/a/b", "a", "../b?c", "")]
    [InlineData("email", "ada@example.com", "a.b+c@sub.example.org")]
    [InlineData("ipv4", "192.0.2.1", "0.0.0.0", "255.255.255.255")]
    [InlineData("ipv6", "2001:db8::1", "::", "::ffff:192.0.2.1")]
    [InlineData("hostname", "example.com", "localhost", "a-b.c", "192.0.2.1")]
    public void A_text_of_the_format_fits(string format, params string[] texts) =>
        Assert.All(texts, text => Assert.True(NamedFormats.Of(format)!.Fits(JsonSerializer.SerializeToElement(text)), text));

    [Theory]
    [InlineData("date-time", "yesterday", "28.11.2026 17:00", "17:00:00Z", "")]
    [InlineData("date", "2026-11-28T00:00:00Z", "2026-1-1", "2026-02-30", "28.11.2026", " 2026-11-28")]
    [InlineData("time", "5 pm", "17:00", "25:00:00", "1:00:00", "noon", "17-00-00", "")]
    [InlineData("uuid", "6f9619ff8b86d011b42d00c04fc964ff", "{6f9619ff-8b86-d011-b42d-00c04fc964ff}", "x")]
    [InlineData("uri", "/a/b", "example.com", "http://[bad", "", " https://example.com")]
    [InlineData("uri-reference", "http://[bad")]
    [InlineData("email", "ada", "ada@", "@example.com", "Ada <ada@example.com>", "ada@example.com ")]
    [InlineData("ipv4", "192.0.2", "1", "192.0.2.256", "2001:db8::1", "a.b.c.d")]
    [InlineData("ipv6", "192.0.2.1", "2001:db8::g", "")]
    [InlineData("hostname", "", "a b", "2001:db8::1", "-", "a..b")]
    public void A_text_of_another_form_does_not(string format, params string[] texts) =>
        Assert.All(texts, text => Assert.False(NamedFormats.Of(format)!.Fits(JsonSerializer.SerializeToElement(text)), text));

    [Theory]
    [InlineData("date-time", "a date and time such as 2026-11-28T17:00:00Z")]
    [InlineData("date", "a date such as 2026-11-28")]
    [InlineData("time", "a time such as 17:00:00Z")]
    [InlineData("uuid", "a UUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("uri", "an absolute URI such as https://example.com/page")]
    [InlineData("uri-reference", "a URI such as https://example.com/page or /page")]
    [InlineData("email", "an email address such as ada@example.com")]
    [InlineData("ipv4", "an IPv4 address such as 192.0.2.1")]
    [InlineData("ipv6", "an IPv6 address such as 2001:db8::1")]
    [InlineData("hostname", "a host name such as example.com")]
    public void A_format_is_described_with_an_example_that_fits_and_applies_only_to_strings(string format, string words)
    {
        var form = NamedFormats.Of(format)!;

        Assert.Equal((JsonValueKind.String, words), (form.Kind, form.Words));
        Assert.True(form.Fits(JsonSerializer.SerializeToElement(words[(words.IndexOf("such as ", StringComparison.Ordinal) + 8)..].Split(' ')[0])));
        Assert.False(form.Fits(JsonElement.Parse("\"\\ud800\"")));
        Assert.Empty(SchemaCheck.Problems($$"""{"format":"{{format}}"}""", "1"));
    }

    [Theory]
    [InlineData("regex")]
    [InlineData("Date")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_formats_are_not_checked(string? format) => Assert.Null(NamedFormats.Of(format));
}
