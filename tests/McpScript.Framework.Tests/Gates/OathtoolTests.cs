using System.Text;
using McpScript.Gates;
using McpScript.Testing.Processes;

namespace McpScript.Framework.Tests.Gates;

/// <summary>The reference values of the codes (TotpTests in Core.Tests) are those of another program too.</summary>
public class OathtoolTests
{
    static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(20000000000, "65353130")]
    public async Task The_codes_equal_those_of_oathtool(long second, string code)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(second);
        Assert.SkipUnless(Oathtool.Missing is null, Oathtool.Missing ?? "");
        Assert.Equal(code, await Oathtool.CodeAsync(Base32.Encode(Secret), moment, digits: 8));
    }
}
