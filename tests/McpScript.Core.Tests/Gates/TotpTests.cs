using System.Text;
using McpScript.Gates;

namespace McpScript.Core.Tests.Gates;

public class TotpTests
{
    static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    static readonly DateTimeOffset Now = new(2030, 1, 1, 10, 0, 15, TimeSpan.Zero);

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    [Trait("Fault", "C6")]
    public void The_codes_are_those_of_RFC_6238_appendix_B(long second, string code)
    {
        var step = Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(second));
        Assert.Equal(code, Totp.Code(Secret, step, digits: 8));
        Assert.Equal(code[2..], Totp.Code(Secret, step));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_accepted_in_its_step_and_the_two_adjacent_ones(int step, bool taken)
    {
        var at = Totp.StepOf(Now) + step;
        Assert.Equal(taken ? at : null, Totp.Find(Secret, Totp.Code(Secret, at), Now));
    }

    [Fact]
    public void A_step_ends_where_the_next_begins()
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(Totp.StepOf(Now) * 30);
        var code = Totp.Code(Secret, Totp.StepOf(Now));
        Assert.Null(Totp.Find(Secret, code, start - TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1)));
        Assert.NotNull(Totp.Find(Secret, code, start - TimeSpan.FromSeconds(30)));
        Assert.NotNull(Totp.Find(Secret, code, start + TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1)));
        Assert.Null(Totp.Find(Secret, code, start + TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData("{0} ")]
    [InlineData(" {0}")]
    [InlineData("+{0}")]
    [InlineData("0{0}")]
    [InlineData("{0}\n")]
    [InlineData("")]
    [InlineData("1_2")]
    [InlineData("１２３４５６")]
    [InlineData("0x1234")]
    public void Only_six_digits_are_a_code(string shape)
    {
        var text = shape.Replace("{0}", Totp.Code(Secret, Totp.StepOf(Now)));
        Assert.False(Totp.IsCode(text));
        Assert.Null(Totp.Find(Secret, text, Now));
    }

    [Fact]
    public void A_leading_zero_belongs_to_the_code()
    {
        var step = Enumerable.Range(0, 1000).Select(step => (long)step).First(step => Totp.Code(Secret, step).StartsWith('0'));
        var (code, now) = (Totp.Code(Secret, step), DateTimeOffset.FromUnixTimeSeconds(step * 30));
        Assert.Equal(step, Totp.Find(Secret, code, now));
        Assert.Null(Totp.Find(Secret, code[1..], now));
    }

    [Fact]
    public void The_URI_for_authenticators_contains_issuer_account_and_secret()
    {
        Assert.Equal(
            "otpauth://totp/My%20Proxy:shell%3A1?secret=ABC&issuer=My%20Proxy&algorithm=SHA1&digits=6&period=30", Totp.UriOf("My Proxy", "shell:1", "ABC"));
        Assert.Equal(32, Totp.NewSecret().Length);
        Assert.NotEqual(Totp.NewSecret(), Totp.NewSecret());
    }
}
