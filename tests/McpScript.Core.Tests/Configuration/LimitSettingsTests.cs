using System.Collections.Immutable;
using McpScript.Configuration;

namespace McpScript.Core.Tests.Configuration;

/// <summary>Settings that limit nothing, for which the pipeline of calls has no filter.</summary>
public class LimitSettingsTests
{
    [Theory]
    [InlineData(null, null, null, null, true)]
    [InlineData(1, null, null, null, false)]
    [InlineData(null, 1, null, null, false)]
    [InlineData(null, null, 1, null, false)]
    [InlineData(null, null, null, 1, false)]
    public void Limits_are_empty_if_there_is_none(int? arguments, int? result, int? rate, int? seconds, bool empty)
    {
        var limits = new ToolLimitSettings { MaxArguments = Limit(arguments), MaxResult = Limit(result), Rate = Limit(rate), Timeout = Limit(seconds) };
        var general = new LimitSettings { MaxArguments = Limit(arguments), MaxResult = Limit(result), Rate = Limit(rate), Timeout = Limit(seconds) };

        Assert.Equal((empty, empty, empty), (limits.IsEmpty, general.IsEmpty, Of("some_*", limits).IsEmpty));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(1, false)]
    public void A_limit_of_concurrent_calls_counts_in_general_and_for_one_plugin(int? most, bool empty)
    {
        var plugins = ImmutableSortedDictionary<string, PluginLimitSettings>.Empty.Add("shell", new() { Concurrency = Limit(most) });

        Assert.Equal((empty, empty), (new LimitSettings { Concurrency = Limit(most) }.IsEmpty, new LimitSettings { Plugins = plugins }.IsEmpty));
    }

    [Fact]
    public void Limits_that_are_off_limit_nothing()
    {
        Limit off = new(null);
        var tool = new ToolLimitSettings { MaxArguments = off, MaxResult = off, Rate = off, Timeout = off };
        var plugins = ImmutableSortedDictionary<string, PluginLimitSettings>.Empty.Add("shell", new() { Concurrency = off });

        Assert.True((Of("some_*", tool) with { Timeout = off, Concurrency = off, Plugins = plugins }).IsEmpty);
    }

    [Fact]
    public void One_limit_among_entries_that_are_off_is_not_missed()
    {
        var off = new ToolLimitSettings { Rate = new(null) };

        Assert.False((Of("a", off) with { Tools = Of("a", off).Tools.Add("b", new() { Rate = new(1) }) }).IsEmpty);
    }

    static Limit? Limit(int? most) => most is null ? null : new(most);

    static LimitSettings Of(string pattern, ToolLimitSettings limits) =>
        new() { Tools = ImmutableSortedDictionary.Create<string, ToolLimitSettings>(StringComparer.Ordinal).Add(pattern, limits) };
}
