using System.Collections.Immutable;
using CsCheck;
using McpScript.Configuration;
using McpScript.Invocation.Limits;

namespace McpScript.Core.Tests.Invocation.Limits;

/// <summary>The limits of one tool are put together from the patterns that fit its name, the most particular first, and the general ones.</summary>
public class ToolLimitsTests
{
    static readonly Gen<string> Patterns = Gen.Char["ab*?"].Array[1, 5].Select(letters => new string(letters));

    static readonly Gen<LimitSettings> Settings = Gen.Select(Patterns, Gen.Int[1, 9]).List[0, 5].Select(
        entries => With(7, [.. entries.DistinctBy(entry => entry.Item1).Select(entry => (entry.Item1, Rate(entry.Item2)))]));

    [Fact]
    public void Without_patterns_the_general_limits_apply()
    {
        var settings = new LimitSettings { MaxArguments = new(1), MaxResult = new(2), Rate = new(3), Timeout = new(0.5) };

        Assert.Equal(new ToolLimits(1, 2, 3, TimeSpan.FromMilliseconds(500)), ToolLimits.Of("any", settings));
    }

    [Fact]
    public void Without_configuration_there_is_no_limit() => Assert.Equal(new ToolLimits(null, null, null, null), ToolLimits.Of("any", new()));

    [Theory]
    [InlineData("shell_run", 1)]
    [InlineData("shell_list", 2)]
    [InlineData("shel_x", 3)]
    [InlineData("mail", 4)]
    [InlineData("SHELL_RUN", 4)]
    public void The_pattern_with_the_most_letters_that_fits_wins(string tool, int rate)
    {
        var settings = With(4, ("shell_run", Rate(1)), ("shell_*", Rate(2)), ("shel*", Rate(3)));

        Assert.Equal(rate, ToolLimits.Of(tool, settings).Rate);
    }

    [Theory]
    [InlineData("?a", "ba", 1)]
    [InlineData("?a", "a", null)]
    [InlineData("?a", "cba", null)]
    [InlineData("*a", "a", 1)]
    [InlineData("*a*", "bab", 1)]
    [InlineData("a.b", "axb", null)]
    public void An_asterisk_stands_for_any_letters_and_a_question_mark_for_one(string pattern, string tool, int? rate) =>
        Assert.Equal(rate, ToolLimits.Of(tool, With(null, (pattern, Rate(1)))).Rate);

    [Fact]
    public void Wildcards_do_not_make_a_pattern_more_specific() =>
        Assert.Equal(2, ToolLimits.Of("abc", With(9, ("???", Rate(1)), ("a*", Rate(2)), ("*?*?*", Rate(3)))).Rate);

    [Fact]
    public void Of_equally_specific_patterns_the_first_in_ordinal_order_wins() =>
        Assert.Equal(
            (1, 1),
            (ToolLimits.Of("ab", With(9, ("*b", Rate(1)), ("a*", Rate(2)))).Rate, ToolLimits.Of("ab", With(9, ("a*", Rate(2)), ("*b", Rate(1)))).Rate));

    [Theory]
    [InlineData("*abab", "abab")]
    [InlineData("a*bab", "abab")]
    [InlineData("aba*", "aba?")]
    public void Of_patterns_with_as_many_letters_the_one_with_fewer_asterisks_wins(string wide, string narrow) =>
        Assert.Equal(2, ToolLimits.Of("abab", With(9, (wide, Rate(1)), (narrow, Rate(2)))).Rate);

    [Fact]
    public void A_pattern_without_a_limit_leaves_it_to_the_next_pattern()
    {
        var settings = With(4, ("abc", new() { MaxArguments = new(10) }), ("ab*", new() { MaxResult = new(20), MaxArguments = new(11) }), ("a*",
            new() { Timeout = new(30), Rate = new(5) })) with
        {
            MaxArguments = new(1),
            MaxResult = new(2),
            Timeout = new(3),
        };

        Assert.Equal(new ToolLimits(10, 20, 5, TimeSpan.FromSeconds(30)), ToolLimits.Of("abc", settings));
    }

    [Fact]
    public void Off_is_a_value_and_overrides_later_patterns()
    {
        var off = new ToolLimitSettings { MaxArguments = new(null), MaxResult = new(null), Rate = new(null), Timeout = new(null) };
        var settings = With(4, ("abc", off), ("a*", Rate(2))) with { MaxArguments = new(1), MaxResult = new(2), Timeout = new(3) };

        Assert.Equal(new ToolLimits(null, null, null, null), ToolLimits.Of("abc", settings));
    }

    [Fact]
    public void A_pattern_that_does_not_fit_changes_nothing() => Gen.Select(Settings, Patterns, Gen.Int[1, 9]).Sample((settings, pattern, rate) =>
    {
        // No generated pattern with an X fits a name without one.
        var more = settings with { Tools = settings.Tools.SetItem($"X{pattern}", Rate(rate)) };
        Assert.Equal(ToolLimits.Of("abab", settings), ToolLimits.Of("abab", more));
    }, iter: 500);

    [Fact]
    public void The_whole_name_as_a_pattern_beats_all_others() => Gen.Select(Settings, Gen.Int[1, 9]).Sample((settings, rate) =>
        Assert.Equal(rate, ToolLimits.Of("abab", settings with { Tools = settings.Tools.SetItem("abab", Rate(rate)) }).Rate), iter: 500);

    static ToolLimitSettings Rate(int rate) => new() { Rate = new(rate) };

    static LimitSettings With(int? rate, params (string Pattern, ToolLimitSettings Limits)[] tools) => new()
    {
        Rate = rate is null ? null : new Limit(rate),
        Tools = tools.ToImmutableSortedDictionary(tool => tool.Pattern, tool => tool.Limits, StringComparer.Ordinal),
    };
}
