using System.Text;
using McpScript.Gates;

namespace McpScript.Core.Tests.Gates;

public class Base32Tests
{
    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY======")]
    [InlineData("fo", "MZXQ====")]
    [InlineData("foo", "MZXW6===")]
    [InlineData("foob", "MZXW6YQ=")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI======")]
    public void The_RFCs_examples_with_and_without_padding(string text, string encoded)
    {
        foreach (var shape in new[] { encoded, encoded.TrimEnd('='), encoded.ToLowerInvariant(),
            $" {string.Join(' ', encoded.Chunk(4).Select(part => new string(part)))}\n" })
        {
            Assert.True(Base32.TryDecode(shape, out var bytes));
            Assert.Equal(text, Encoding.ASCII.GetString(bytes));
        }
        Assert.Equal(encoded.TrimEnd('='), Base32.Encode(Encoding.ASCII.GetBytes(text)));
    }

    [Theory]
    [InlineData("MZXW0")]
    [InlineData("MZXW8")]
    [InlineData("MZ-XW")]
    [InlineData("M")]
    [InlineData("MZX")]
    [InlineData("MZXW6Y")]
    [InlineData("MY==MY")]
    [InlineData("mýxw")]
    [InlineData("MZ\u0131W")]
    public void Text_that_is_not_Base32_is_refused(string text) => Assert.False(Base32.TryDecode(text, out _));

    [Fact]
    public void Decoded_bytes_equal_the_encoded_ones()
    {
        for (var length = 0; length < 40; length++)
        {
            var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 37 + 200)).ToArray();
            Assert.True(Base32.TryDecode(Base32.Encode(bytes), out var back));
            Assert.Equal(bytes, back);
        }
    }
}
