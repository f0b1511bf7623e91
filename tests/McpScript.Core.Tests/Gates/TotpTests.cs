using System.Text;
using McpScript.Configuration;
using McpScript.Gates;

namespace McpScript.Core.Tests.Gates;

public class TotpTests
{
    static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    static readonly DateTimeOffset Now = new(2030, 1, 1, 10, 0, 15, TimeSpan.Zero);

    [Theory]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    [Trait("Fault", "C6")]
    public void The_codes_are_those_of_RFC_6238_appendix_B(long second, string sha1, string sha256, string sha512)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(second);
        Assert.Equal(sha1, new Totp(TotpAlgorithm.Sha1, 8).CodeAt(SecretOf(20), time));
        Assert.Equal(sha256, new Totp(TotpAlgorithm.Sha256, 8).CodeAt(SecretOf(32), time));
        Assert.Equal(sha512, new Totp(TotpAlgorithm.Sha512, 8).CodeAt(SecretOf(64), time));
        Assert.Equal(sha1[2..], Totp.Default.CodeAt(SecretOf(20), time));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_accepted_in_its_step_and_the_two_adjacent_ones(int step, bool accepted)
    {
        foreach (var codes in (Totp[])[Totp.Default, new(TotpAlgorithm.Sha256, 8, 60), new(TotpAlgorithm.Sha512, 6, 15)])
        {
            var at = Now.ToUnixTimeSeconds() / codes.Period + step;
            Assert.Equal(accepted ? at : null, codes.Find(Secret, codes.CodeAt(Secret, Now + step * codes.Step), Now));
        }
    }

    [Fact]
    public void A_step_ends_where_the_next_begins()
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds() / 30 * 30);
        var code = Totp.Default.CodeAt(Secret, Now);
        Assert.Null(Totp.Default.Find(Secret, code, start - TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1)));
        Assert.NotNull(Totp.Default.Find(Secret, code, start - TimeSpan.FromSeconds(30)));
        Assert.NotNull(Totp.Default.Find(Secret, code, start + TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1)));
        Assert.Null(Totp.Default.Find(Secret, code, start + TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void The_time_zone_of_the_clock_does_not_matter()
    {
        var elsewhere = Now.ToOffset(TimeSpan.FromHours(9));
        Assert.Equal(Totp.Default.CodeAt(Secret, Now), Totp.Default.CodeAt(Secret, elsewhere));
        Assert.NotNull(Totp.Default.Find(Secret, Totp.Default.CodeAt(Secret, Now), elsewhere));
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
        var text = shape.Replace("{0}", Totp.Default.CodeAt(Secret, Now));
        Assert.False(Totp.Default.IsCode(text));
        Assert.Null(Totp.Default.Find(Secret, text, Now));
    }

    [Fact]
    public void A_code_with_another_number_of_digits_is_rejected_although_its_end_matches()
    {
        var eight = new Totp(Digits: 8);
        Assert.Null(Totp.Default.Find(Secret, eight.CodeAt(Secret, Now), Now));
        Assert.Null(eight.Find(Secret, Totp.Default.CodeAt(Secret, Now), Now));
    }

    [Fact]
    public void A_leading_zero_belongs_to_the_code()
    {
        var now = Enumerable.Range(0, 1000).Select(step => DateTimeOffset.FromUnixTimeSeconds(step * 30))
            .First(time => Totp.Default.CodeAt(Secret, time).StartsWith('0'));
        var code = Totp.Default.CodeAt(Secret, now);
        Assert.Equal(now.ToUnixTimeSeconds() / 30, Totp.Default.Find(Secret, code, now));
        Assert.Null(Totp.Default.Find(Secret, code[1..], now));
    }

    [Fact]
    public void The_URI_for_authenticators_contains_issuer_account_secret_and_settings()
    {
        Assert.Equal(
            "otpauth://totp/My%20Proxy:shell%3A1?secret=ABC&issuer=My%20Proxy&algorithm=SHA1&digits=6&period=30",
            Totp.Default.UriOf("My Proxy", "shell:1", "ABC"));
        Assert.EndsWith("&algorithm=SHA512&digits=8&period=60", new Totp(TotpAlgorithm.Sha512, 8, 60).UriOf("My Proxy", "shell", "ABC"));
    }

    [Theory]
    [InlineData(TotpAlgorithm.Sha1, 20)]
    [InlineData(TotpAlgorithm.Sha256, 32)]
    [InlineData(TotpAlgorithm.Sha512, 64)]
    public void A_new_secret_is_random_and_as_long_as_the_hash(TotpAlgorithm algorithm, int bytes)
    {
        var codes = new Totp(algorithm);
        Assert.True(Base32.TryDecode(codes.NewSecret(), out var secret));
        Assert.Equal(bytes, secret.Length);
        Assert.NotEqual(codes.NewSecret(), codes.NewSecret());
    }

    // The RFC's secrets: the digits 1 to 9 and 0, repeated to the length of the hash.
    static byte[] SecretOf(int bytes) => [.. Enumerable.Range(1, bytes).Select(digit => (byte)('0' + digit % 10))];
}
