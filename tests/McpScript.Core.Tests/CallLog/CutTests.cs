using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>A text is cut where it is too long, says so, and stays text.</summary>
public class CutTests
{
    [Theory]
    [InlineData("abc", 4, 0, "abc")]
    [InlineData("abc", 3, 0, "abc")]
    [InlineData("abc", 2, 0, "ab...")]
    [InlineData("abc", 0, 0, "...")]
    [InlineData("abc", 3, 3, "abc")]
    [InlineData("abc", 3, 4, "abc...")]
    [InlineData("abc", 2, 4, "ab...")]
    [InlineData("", 0, 0, "")]
    [InlineData("", 5, 1, "...")]
    public void The_mark_stands_where_something_is_missing(string text, int most, int whole, string cut) => Assert.Equal(cut, Truncation.Of(text, most, whole));

    [Theory]
    [InlineData("a😀b", 4, "a😀b")]
    [InlineData("a😀b", 3, "a😀")]
    [InlineData("a😀b", 2, "a")]
    [InlineData("a😀b", 1, "a")]
    [InlineData("😀", 1, "")]
    [InlineData("😀", 0, "")]
    public void Half_a_surrogate_pair_is_left_out(string text, int most, string beginning) => Assert.Equal(beginning, Truncation.Beginning(text, most));
}
