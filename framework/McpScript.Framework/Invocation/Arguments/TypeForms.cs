using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>
/// The forms that System.Text.Json accepts for .NET types. Values that it refuses must not fit; for the few spellings that only it can check, it decides.
/// </summary>
static class TypeForms
{
    const string DateAndTime = "a date and time such as 2026-11-28T17:00:00Z";
    const string SmallestDecimal = "-79228162514264337593543950335", LargestDecimal = "79228162514264337593543950335";

    static readonly Dictionary<Type, ValueForm> Forms = new()
    {
        [typeof(byte)] = Integer(byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = Integer(sbyte.MinValue, sbyte.MaxValue),
        [typeof(short)] = Integer(short.MinValue, short.MaxValue),
        [typeof(ushort)] = Integer(ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = Integer(int.MinValue, int.MaxValue),
        [typeof(uint)] = Integer(uint.MinValue, uint.MaxValue),
        [typeof(long)] = Integer(long.MinValue, long.MaxValue),
        [typeof(ulong)] = Integer(ulong.MinValue, ulong.MaxValue),
        [typeof(Int128)] = Integer(Int128.MinValue, Int128.MaxValue),
        [typeof(UInt128)] = Integer(UInt128.MinValue, UInt128.MaxValue),
        [typeof(double)] = Number("a number that a double can hold (up to 1.8e308)", value => value.TryGetDouble(out var number) && double.IsFinite(number)),
        [typeof(float)] = Number("a number that a float can hold (up to 3.4e38)", value => value.TryGetSingle(out var number) && float.IsFinite(number)),
        [typeof(Half)] = Number("a number from -65504 to 65504", value => value.TryGetDouble(out var number) && Half.IsFinite((Half)number)),
        [typeof(decimal)] = Number($"a number from {SmallestDecimal} to {LargestDecimal}", value => value.TryGetDecimal(out _)),
        [typeof(DateTime)] = Text(DateAndTime, value => value.TryGetDateTime(out _)),
        [typeof(DateTimeOffset)] = Text(DateAndTime, value => value.TryGetDateTimeOffset(out _)),
        [typeof(DateOnly)] = Text(
            "a date such as 2026-11-28", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        [typeof(TimeOnly)] = Text("a time of day such as 17:00:00", IsTimeOfDay),
        [typeof(TimeSpan)] = Text("a time span such as 01:30:00 (hours:minutes:seconds) or 2.00:00:00 (two days)", text => IsTimeSpan(text, out _)),
        [typeof(Guid)] = Text("a UUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff", value => value.TryGetGuid(out _)),
        [typeof(Uri)] = Text("a URI such as https://example.com/page", text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _)),
        [typeof(Version)] = Text("a version such as 1.2.3", IsVersion),
        [typeof(char)] = Text("a single character", text => text.Length == 1),
        [typeof(byte[])] = Text("bytes in base64, such as aGVsbG8=", IsBase64),
        [typeof(Memory<byte>)] = Text("bytes in base64, such as aGVsbG8=", IsBase64),
        [typeof(ReadOnlyMemory<byte>)] = Text("bytes in base64, such as aGVsbG8=", IsBase64),
    };

    /// <summary>Returns the form of a type; null if it has none, like records, lists and plain strings.</summary>
    public static ValueForm? Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Forms.GetValueOrDefault(type.IsEnum ? Enum.GetUnderlyingType(type) : type);
    }

    static ValueForm Integer(BigInteger least, BigInteger most)
    {
        var (low, high) = ((long)BigInteger.Max(least, long.MinValue), (long)BigInteger.Min(most, long.MaxValue));
        return new(JsonValueKind.Number, $"an integer from {least} to {most}",
            value => value.TryGetInt64(out var number) && number >= low && number <= high || WholeNumber.IsWithin(value, least, most));
    }

    static ValueForm Number(string words, Func<JsonElement, bool> fits) => new(JsonValueKind.Number, words, fits);

    static ValueForm Text(string words, Func<JsonElement, bool> fits) =>
        new(JsonValueKind.String, words, value => JsonTextValue.Of(value) is not null && fits(value));

    static ValueForm Text(string words, Func<string, bool> fits) =>
        new(JsonValueKind.String, words, value => JsonTextValue.Of(value) is { } text && fits(text));

    // "-00:00:00" is zero as a time span; System.Text.Json takes no sign for a time of day.
    static bool IsTimeOfDay(string text) => IsTimeSpan(text, out var time) && char.IsAsciiDigit(text[0]) && time >= TimeSpan.Zero && time.Days == 0;

    static bool IsTimeSpan(string text, out TimeSpan time) =>
        TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out time) && text == text.Trim() && text.Contains(':');

    static bool IsVersion(string text) =>
        char.IsAsciiDigit(text.FirstOrDefault()) && char.IsAsciiDigit(text[^1]) && Version.TryParse(text, out _);

    // Validates in place: copying the bytes could take much memory.
    static bool IsBase64(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return raw.IndexOf((byte)'\\') < 0 ? Base64.IsValid(raw[1..^1]) : value.TryGetBytesFromBase64(out _);
    }
}
