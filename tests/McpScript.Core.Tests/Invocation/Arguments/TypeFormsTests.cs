using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CsCheck;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>The forms of .NET's types agree with System.Text.Json, which reads the values in the end.</summary>
public class TypeFormsTests
{
    static readonly Type[] Integers =
    [
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(Int128), typeof(UInt128),
    ];

    static readonly Type[] Types =
    [
        .. Integers, typeof(double), typeof(float), typeof(Half), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly),
        typeof(TimeOnly), typeof(TimeSpan), typeof(Guid),
        typeof(Uri), typeof(Version), typeof(char), typeof(byte[]), typeof(Memory<byte>), typeof(ReadOnlyMemory<byte>),
    ];

    static readonly Gen<string> Number = Gen.OneOf(
        Gen.Select(Gen.OneOf(0, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128), Gen.Int[-2, 2], Gen.Bool)
            .Select((power, more, negative) => $"{(negative ? -1 : 1) * BigInteger.Pow(2, power) + more}"),
        Gen.Select(Gen.Int[-9, 9], Gen.OneOf(0, 1, 4, 5, 28, 29, 38, 39, 308, 309)).Select((digit, power) => $"{digit}.5e{power}"),
        Gen.OneOf("65504", "65519", "65520", "-65504", "3.4028235e38", "3.5e38", "1.7976931348623157e308", "0.1", "-0.0"),
        Gen.OneOf("79228162514264337593543950335", "79228162514264337593543950336"));

    static readonly Gen<string> Time = Gen.OneOf(
        Gen.Select(Gen.Int[0, 25], Gen.Int[0, 61], Gen.OneOf("", ".5", ".12345678", "Z", "+01:00", " "))
            .Select((hour, minute, rest) => $"{hour:00}:{minute:00}:00{rest}"),
        Gen.Select(Gen.OneOf("", "-", "2.", " "), Gen.Int[0, 25], Gen.OneOf(":00:00", ":00", "", ":00:00.5"))
            .Select((before, hours, rest) => $"{before}{hours:00}{rest}"));

    static readonly Gen<string> Date = Gen.Select(
        Gen.Int[2023, 2024], Gen.Int[0, 13], Gen.Int[27, 32], Gen.OneOf("", "T10:00:00", "T10:00:00Z", "T10:00Z", "T10:00:00.123+01:00", "T25:00:00", " 10:00"),
        (year, month, day, rest) => $"{year}-{month:00}-{day}{rest}");

    static readonly Gen<string> Other = Gen.OneOf(
        "6f9619ff-8b86-d011-b42d-00c04fc964ff", "6f9619ff8b86d011b42d00c04fc964ff", "1.2", "1.2.3.4", "1.2.3.4.5", "1", "v1.2", "1.-2", "x", "xy", "",
        "aGVsbG8=", "aGVsbG8", "aGVs bG8=", "https://a/b", "a b", "http://[", "😀");

    // Values near the bounds of all types, and texts that are almost of some form.
    static readonly Gen<string> Value = Gen.OneOf(Number, Gen.OneOf(Time, Date, Other).Select(text => JsonSerializer.Serialize(text)));

    [Fact]
    public void A_value_that_fits_can_be_read_and_one_that_does_not_cannot() => Gen.Select(Gen.OneOf(Types), Value).Sample((type, value) =>
    {
        var json = JsonElement.Parse(value);
        var form = TypeForms.Of(type)!;
        // What a form does not speak of is the schema's business.
        if (json.ValueKind != form.Kind)
            return;
        // Integers with a point or an exponent are written anew before they are read.
        var plain = Integers.Contains(type) && WholeNumber.PlainText(json) is { } text ? JsonElement.Parse(text) : json;
        // A number of days is read as a time span; no caller means one by "36".
        if (type == typeof(TimeSpan) && !value.Contains(':'))
            Assert.False(form.Fits(json));
        else
            Assert.True(CanBeRead(type, plain) == form.Fits(json), $"{type.Name} {value}");
    }, iter: 2_000);

    [Fact]
    public void A_time_of_day_has_no_sign_not_even_before_midnight()
    {
        var json = JsonElement.Parse("\"-00:00:00\"");
        Assert.False(TypeForms.Of(typeof(TimeOnly))!.Fits(json));
        Assert.False(CanBeRead(typeof(TimeOnly), json));
    }

    [Fact]
    public void Each_integer_type_reaches_from_its_least_to_its_most()
    {
        foreach (var type in Integers)
        {
            var (least, most) = (Bound(type, "MinValue"), Bound(type, "MaxValue"));
            var form = TypeForms.Of(type)!;
            Assert.Equal((JsonValueKind.Number, $"an integer from {least} to {most}"), (form.Kind, form.Words));
            foreach (var (value, fits) in new[] { (least, true), (most, true), (least - 1, false), (most + 1, false), (BigInteger.Zero, true) })
            {
                Assert.Equal(fits, form.Fits(JsonElement.Parse($"{value}")));
                Assert.Equal(fits, form.Fits(JsonElement.Parse($"{value}.00")));
            }
            Assert.False(form.Fits(JsonElement.Parse("1.5")));
        }
    }

    [Theory]
    [InlineData(typeof(double), "a number that a double can hold (up to 1.8e308)")]
    [InlineData(typeof(float), "a number that a float can hold (up to 3.4e38)")]
    [InlineData(typeof(Half), "a number from -65504 to 65504")]
    [InlineData(typeof(decimal), "a number from -79228162514264337593543950335 to 79228162514264337593543950335")]
    [InlineData(typeof(DateTime), "a date and time such as 2026-11-28T17:00:00Z")]
    [InlineData(typeof(DateTimeOffset), "a date and time such as 2026-11-28T17:00:00Z")]
    [InlineData(typeof(DateOnly), "a date such as 2026-11-28")]
    [InlineData(typeof(TimeOnly), "a time of day such as 17:00:00")]
    [InlineData(typeof(TimeSpan), "a time span such as 01:30:00 (hours:minutes:seconds) or 2.00:00:00 (two days)")]
    [InlineData(typeof(Guid), "a UUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData(typeof(Uri), "a URI such as https://example.com/page")]
    [InlineData(typeof(Version), "a version such as 1.2.3")]
    [InlineData(typeof(char), "a single character")]
    [InlineData(typeof(byte[]), "bytes in base64, such as aGVsbG8=")]
    [InlineData(typeof(Memory<byte>), "bytes in base64, such as aGVsbG8=")]
    [InlineData(typeof(ReadOnlyMemory<byte>), "bytes in base64, such as aGVsbG8=")]
    public void A_type_is_described_with_an_example_that_fits(Type type, string words)
    {
        var form = TypeForms.Of(type)!;

        Assert.Equal(words, form.Words);
        if (words.IndexOf("such as ", StringComparison.Ordinal) is var at and > 0)
            Assert.True(form.Fits(JsonSerializer.SerializeToElement(words[(at + 8)..].Split(' ')[0])));
        Assert.Equal(words.StartsWith("a number", StringComparison.Ordinal) ? JsonValueKind.Number : JsonValueKind.String, form.Kind);
    }

    [Theory]
    [InlineData(typeof(TimeOnly), "23:59:59.999", "24:00:00")]
    [InlineData(typeof(TimeOnly), "00:00:00", "-00:00:01")]
    [InlineData(typeof(TimeOnly), "10:00:00", "1.10:00:00")]
    [InlineData(typeof(TimeSpan), "1.10:00:00", "36")]
    [InlineData(typeof(TimeSpan), "10:00:00", " 10:00:00")]
    [InlineData(typeof(TimeSpan), "-10:00:00", "10:00:00 ")]
    [InlineData(typeof(Version), "1.2", "1.2 ")]
    [InlineData(typeof(Version), "1.2.3.4", " 1.2")]
    [InlineData(typeof(Version), "10.20", "1.2.-3")]
    [InlineData(typeof(char), "x", "xy")]
    [InlineData(typeof(char), "é", "")]
    [InlineData(typeof(byte[]), "", "a")]
    [InlineData(typeof(byte[]), "aGVsbG8=", "aGVsbG8")]
    [InlineData(typeof(DateOnly), "2024-02-29", "2023-02-29")]
    public void A_text_fits_its_type_or_not(Type type, string good, string bad)
    {
        Assert.True(TypeForms.Of(type)!.Fits(JsonSerializer.SerializeToElement(good)));
        Assert.False(TypeForms.Of(type)!.Fits(JsonSerializer.SerializeToElement(bad)));
    }

    [Fact]
    public void Base64_may_be_written_in_escapes()
    {
        Assert.True(TypeForms.Of(typeof(byte[]))!.Fits(JsonElement.Parse("\"aGVsbG8\\u003d\"")));
        Assert.False(TypeForms.Of(typeof(byte[]))!.Fits(JsonElement.Parse("\"aGVsbG8\\u003f\"")));
    }

    [Fact]
    public void Half_a_surrogate_pair_fits_no_text()
    {
        foreach (var type in Types.Where(type => TypeForms.Of(type)!.Kind == JsonValueKind.String))
            Assert.False(TypeForms.Of(type)!.Fits(JsonElement.Parse("\"\\ud800\"")), type.Name);
    }

    [Fact]
    public void An_enum_and_a_type_that_may_be_null_have_the_form_of_the_type_below()
    {
        Assert.Same(TypeForms.Of(typeof(int)), TypeForms.Of(typeof(DayOfWeek)));
        Assert.Same(TypeForms.Of(typeof(byte)), TypeForms.Of(typeof(Small?)));
        Assert.Same(TypeForms.Of(typeof(Guid)), TypeForms.Of(typeof(Guid?)));
    }

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(bool))]
    [InlineData(typeof(object))]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(JsonElement))]
    public void Other_types_have_no_form(Type type) => Assert.Null(TypeForms.Of(type));

    static bool CanBeRead(Type type, JsonElement json)
    {
        try
        {
            // JSON's "infinite" numbers are read as infinity; a form says that they do not fit.
            return json.Deserialize(type) switch
            {
                double number => double.IsFinite(number),
                float number => float.IsFinite(number),
                Half number => Half.IsFinite(number),
                _ => true,
            };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static BigInteger Bound(Type type, string name) => BigInteger.Parse(
        ((IFormattable)(type.GetField(name)?.GetValue(null) ?? type.GetProperty(name)!.GetValue(null))!).ToString(null, CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);

    enum Small : byte;
}
