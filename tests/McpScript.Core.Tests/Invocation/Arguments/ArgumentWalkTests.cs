using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>A comparison has a budget of depth and steps, which all its parts share.</summary>
public class ArgumentWalkTests
{
    [Fact]
    public void A_walk_goes_as_deep_as_allowed_and_returns()
    {
        var walk = new ArgumentWalk(null, true);
        for (var depth = 0; depth < ArgumentWalk.Deepest; depth++)
            Assert.True(walk.TryEnter());
        walk.Leave();
        Assert.True(walk.TryEnter());
        Assert.False(walk.IsExhausted);

        Assert.False(walk.TryEnter());
        Assert.True(walk.IsExhausted);
    }

    [Fact]
    public void A_walk_takes_as_many_steps_as_allowed()
    {
        var walk = new ArgumentWalk(null, true, steps: 3);
        for (var step = 0; step < 3; step++)
        {
            Assert.True(walk.TryEnter());
            walk.Leave();
        }

        Assert.False(walk.TryEnter());
        Assert.True(walk.IsExhausted);
    }

    [Fact]
    public void A_part_spends_the_budget_of_the_whole()
    {
        var walk = new ArgumentWalk([], true, steps: 2) { Alternatives = 3 };
        Assert.True(walk.TryEnter());
        var part = walk.With(null);
        Assert.Equal((3, true, null), (part.Alternatives, part.ShowValues, part.Problems));
        Assert.True(part.TryEnter());
        part.Leave();

        walk.Continue(part);

        Assert.False(walk.IsExhausted);
        Assert.False(walk.TryEnter());
    }

    [Fact]
    public void The_result_of_a_part_counts_for_the_whole()
    {
        var walk = new ArgumentWalk([], true) { NeedsRewrite = true };
        var part = walk.WithoutProblems();
        Assert.True(part.NeedsRewrite);
        part.NeedsRewrite = false;
        walk.Continue(part);
        Assert.True(walk.NeedsRewrite);

        walk = new ArgumentWalk([], false);
        part = walk.WithoutProblems();
        Assert.False(part.NeedsRewrite || part.ShowValues);
        part.NeedsRewrite = true;
        walk.Continue(part);
        Assert.True(walk.NeedsRewrite);
    }

    [Fact]
    public void A_part_that_is_exhausted_exhausts_the_whole()
    {
        var walk = new ArgumentWalk([], true, steps: 0);
        var part = walk.WithoutProblems();
        Assert.False(part.TryEnter());

        walk.Continue(part);

        Assert.True(walk.IsExhausted);
        Assert.True(walk.With([]).IsExhausted);
    }

    [Fact]
    public void Alternatives_within_alternatives_do_not_multiply_the_steps()
    {
        var node = SchemaCheck.Node("""
            {"anyOf":[{"properties":{"n":{"$ref":"#"}},"required":["z"]},{"properties":{"n":{"$ref":"#"}},"required":["z"]}],"type":"object"}
            """);
        var value = JsonElement.Parse(string.Concat(Enumerable.Repeat("{\"n\":", 60)) + "1" + new string('}', 60));
        var problems = new List<string>();
        var walk = new ArgumentWalk(problems, true, steps: 10_000);

        Assert.False(node.Check(value, "", ref walk));
        Assert.True(walk.IsExhausted);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void The_walk_stops_when_more_problems_are_found_than_are_reported(int? problems, bool enough) =>
        Assert.Equal(enough, ArgumentText.IsEnough(new ArgumentWalk(problems is { } count ? [.. Enumerable.Repeat("a", count)] : null, true)));
}
