using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>
/// Checks for the <c>format</c> keyword. Used for schemas that a plugin wrote itself, where no .NET type is bound. The zone of a date and time may be
/// missing, as in .NET.
/// </summary>
static class NamedFormats
{
    static readonly Dictionary<string, ValueForm> Formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = Form("a date and time such as 2026-11-28T17:00:00Z", value => value.TryGetDateTimeOffset(out _)),
        ["date"] = Text(
            "a date such as 2026-11-28", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        ["time"] = Text("a time such as 17:00:00Z", IsTime),
        ["uuid"] = Form("a UUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff", value => value.TryGetGuid(out _)),
        ["uri"] = Text("an absolute URI such as https://example.com/page", IsAbsoluteUri),
        ["uri-reference"] = Text("a URI such as https://example.com/page or /page", text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _)),
        ["email"] = Text("an email address such as ada@example.com", IsEmail),
        ["ipv4"] = Text(
            "an IPv4 address such as 192.0.2.1", text => text.Count(character => character == '.') == 3 && IsAddress(text, AddressFamily.InterNetwork)),
        ["ipv6"] = Text("an IPv6 address such as 2001:db8::1", text => IsAddress(text, AddressFamily.InterNetworkV6)),
        ["hostname"] = Text("a host name such as example.com", text => Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4),
    };

    /// <summary>Returns the check of a format; null for one that is not checked.</summary>
    public static ValueForm? Of(string? format) => format is null ? null : Formats.GetValueOrDefault(format);

    static ValueForm Form(string words, Func<JsonElement, bool> fits) =>
        new(JsonValueKind.String, words, value => JsonTextValue.Of(value) is not null && fits(value));

    static ValueForm Text(string words, Func<string, bool> fits) =>
        new(JsonValueKind.String, words, value => JsonTextValue.Of(value) is { } text && fits(text));

    static bool IsTime(string text) =>
        text.Length >= 8 && text[2] == ':'
        && DateTimeOffset.TryParse($"2000-01-01T{text}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    static bool IsAbsoluteUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase);

    static bool IsEmail(string text) => MailAddress.TryCreate(text, out var address) && address.Address == text;

    static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address) && address.AddressFamily == family;
}
