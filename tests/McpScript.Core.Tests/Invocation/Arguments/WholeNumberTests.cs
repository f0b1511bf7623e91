using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CsCheck;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>An integer is one however JSON writes it, and is written anew in plain digits if any type of .NET could hold it.</summary>
public class WholeNumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-7", "-7")]
    [InlineData("7.0", "7")]
    [InlineData("-7.000", "-7")]
    [InlineData("1e2", "100")]
    [InlineData("1E+2", "100")]
    [InlineData("1.25e2", "125")]
    [InlineData("1.250e2", "125")]
    [InlineData("12500e-2", "125")]
    [InlineData("0.00125e5", "125")]
    [InlineData("-0.0", "0")]
    [InlineData("0e99999999999999999999", "0")]
    [InlineData("0.000e-5", "0")]
    [InlineData("1e0", "1")]
    [InlineData("10e-1", "1")]
    [InlineData("1e63", "1000000000000000000000000000000000000000000000000000000000000000")]
    public void An_integer_has_plain_digits(string written, string plain)
    {
        Assert.True(WholeNumber.Is(Number(written)));
        Assert.Equal(plain, WholeNumber.PlainText(Number(written)));
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("-1.000001")]
    [InlineData("1e-1")]
    [InlineData("125e-3")]
    [InlineData("1.25e1")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("10.01e1")]
    public void A_fraction_is_no_integer(string written)
    {
        Assert.False(WholeNumber.Is(Number(written)));
        Assert.Null(WholeNumber.PlainText(Number(written)));
    }

    [Theory]
    [InlineData("1e64")]
    [InlineData("1e999999999")]
    [InlineData("1e99999999999999999999")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void An_integer_beyond_all_types_is_valid_and_is_not_expanded(string written)
    {
        Assert.True(WholeNumber.Is(Number(written)));
        Assert.Null(WholeNumber.PlainText(Number(written)));
    }

    [Theory]
    [InlineData("12", true)]
    [InlineData("-12", true)]
    [InlineData("12.0", false)]
    [InlineData("1e1", false)]
    [InlineData("1E1", false)]
    public void Digits_only_are_plain(string written, bool plain) => Assert.Equal(plain, WholeNumber.IsPlain(Number(written)));

    [Theory]
    [InlineData("3", true)]
    [InlineData("5", true)]
    [InlineData("5.0", true)]
    [InlineData("2", false)]
    [InlineData("6", false)]
    [InlineData("4.5", false)]
    [InlineData("1e99", false)]
    public void Both_bounds_are_within_them(string written, bool within) => Assert.Equal(within, WholeNumber.IsWithin(Number(written), 3, 5));

    [Fact]
    public void Every_notation_is_the_same_number() =>
        Gen.Select(Gen.Long.Where(number => number != 0), Gen.Int[0, 20], Gen.Int[-12, 12]).Sample((number, zeros, shift) =>
    {
        // number * 10^zeros, with its point moved.
        var value = number * BigInteger.Pow(10, zeros);
        var written = Moved(value, shift);

        Assert.True(WholeNumber.Is(Number(written)), written);
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), WholeNumber.PlainText(Number(written)));
        Assert.True(WholeNumber.IsWithin(Number(written), value, value));
        Assert.False(WholeNumber.IsWithin(Number(written), value + 1, value + 2));
    }, iter: 1_000);

    [Fact]
    public void A_digit_other_than_0_after_the_point_is_a_fraction_in_any_notation() =>
        Gen.Select(Gen.Long, Gen.Int[1, 9], Gen.Int[1, 8], Gen.Int[-12, 12]).Sample((number, digit, places, shift) =>
    {
        // A number of so many decimal places, the last of which is no 0.
        var digits = BigInteger.Abs(number) * BigInteger.Pow(10, places) + digit;
        var written = Moved(digits, shift, -places);

        Assert.False(WholeNumber.Is(Number(written)), written);
        Assert.Null(WholeNumber.PlainText(Number(written)));
    }, iter: 1_000);

    // The digits times 10^exponent, written with zeros that a smaller exponent takes back, or with a point that a larger one does.
    static string Moved(BigInteger digits, int shift, int exponent = 0)
    {
        var text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture);
        if (shift > 0)
        {
            text = text.PadLeft(shift + 1, '0');
            text = text.Insert(text.Length - shift, ".");
        }
        else
            text += new string('0', -shift);
        return $"{(digits.Sign < 0 ? "-" : "")}{text}{(exponent + shift == 0 ? "" : $"e{exponent + shift}")}";
    }

    static JsonElement Number(string text) => JsonElement.Parse(text);
}
