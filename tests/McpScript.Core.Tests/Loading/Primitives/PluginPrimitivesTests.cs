using System.Collections.Immutable;
using CsCheck;
using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Loading.Primitives;

public sealed class PluginPrimitivesTests
{
    static readonly Gen<ImmutableArray<(string Name, int Edition)>> Subsets =
        Gen.Select(Gen.Shuffle(SomeItems.Names.ToArray()), Gen.Int[0, SomeItems.Names.Count], Gen.Int[0, 1].Array[SomeItems.Names.Count])
            .Select((names, count, editions) => names.Take(count).Select((name, i) => (name, editions[i])).ToImmutableArray());

    static readonly Gen<PluginPrimitives> Items =
        Gen.Select(Subsets, Subsets, Subsets, Subsets, Subsets).Select((tools, prompts, resources, commands, completions) => new PluginPrimitives
        {
            Tools = [.. tools.Select(item => SomeItems.Tool(item.Name, item.Edition))],
            Prompts = [.. prompts.Select(item => SomeItems.Prompt(item.Name, item.Edition))],
            Resources = [.. resources.Select(item => SomeItems.Resource(item.Name, item.Edition))],
            Commands = [.. commands.Select(item => SomeItems.Command(item.Name, item.Edition))],
            Completions = completions.ToImmutableDictionary(item => (item.Name, "argument"), item => SomeItems.Completion(item.Name, item.Edition)),
        });

    [Fact]
    public void Empty_items_are_empty() => Assert.True(PluginPrimitives.Empty.IsEmpty);

    [Fact]
    public void One_item_of_any_kind_is_not_empty()
    {
        Assert.False(new PluginPrimitives { Tools = [SomeItems.Tool("a")] }.IsEmpty);
        Assert.False(new PluginPrimitives { Prompts = [SomeItems.Prompt("a")] }.IsEmpty);
        Assert.False(new PluginPrimitives { Resources = [SomeItems.Resource("a")] }.IsEmpty);
        Assert.False(new PluginPrimitives { Commands = [SomeItems.Command("a")] }.IsEmpty);
    }

    [Fact]
    public void Completions_and_advice_alone_are_empty() =>
        Assert.True(new PluginPrimitives { Completions = Completes("a", 0), Advice = [new("careful")] }.IsEmpty);

    [Fact]
    public void Tools_prompts_and_resources_have_their_names()
    {
        var items = new PluginPrimitives
        {
            Tools = [SomeItems.Tool("a"), SomeItems.Tool("d")], Prompts = [SomeItems.Prompt("b"), SomeItems.Prompt("d")],
            Resources = [SomeItems.Resource("c"), SomeItems.Resource("d")], Commands = [SomeItems.Command("c")],
        };
        Assert.True(items.Has("a"));
        Assert.True(items.Has("b"));
        Assert.True(items.Has("demo://c"));
        Assert.False(items.Has("c"));
        Assert.False(items.Has("A"));
        Assert.False(items.Has("demo://a"));
    }

    [Fact]
    public void Added_items_come_last_and_replace_those_with_the_same_name()
    {
        var before = new PluginPrimitives
        {
            Tools = [SomeItems.Tool("a"), SomeItems.Tool("b")], Prompts = [SomeItems.Prompt("a"), SomeItems.Prompt("b")],
            Resources = [SomeItems.Resource("a"), SomeItems.Resource("b")], Commands = [SomeItems.Command("a"), SomeItems.Command("b")],
            Completions = Completes("a", 0).AddRange(Completes("b", 0)),
        };
        var added = new PluginPrimitives
        {
            Tools = [SomeItems.Tool("c"), SomeItems.Tool("a", 1)], Prompts = [SomeItems.Prompt("c"), SomeItems.Prompt("a", 1)],
            Resources = [SomeItems.Resource("c"), SomeItems.Resource("a", 1)], Commands = [SomeItems.Command("c"), SomeItems.Command("a", 1)],
            Completions = Completes("a", 1).AddRange(Completes("c", 1)),
        };

        var items = before.With(added);

        Assert.Equal([SomeItems.Tool("b"), SomeItems.Tool("c"), SomeItems.Tool("a", 1)], items.Tools);
        Assert.Equal([SomeItems.Prompt("b"), SomeItems.Prompt("c"), SomeItems.Prompt("a", 1)], items.Prompts);
        Assert.Equal([SomeItems.Resource("b"), SomeItems.Resource("c"), SomeItems.Resource("a", 1)], items.Resources);
        Assert.Equal([SomeItems.Command("b"), SomeItems.Command("c"), SomeItems.Command("a", 1)], items.Commands);
        Assert.Equal(
            [SomeItems.Completion("a", 1), SomeItems.Completion("b"), SomeItems.Completion("c", 1)],
            items.Completions.OrderBy(pair => pair.Key.Target).Select(pair => pair.Value));
        Assert.Equal([SomeItems.Tool("a"), SomeItems.Tool("b")], before.Tools);
    }

    [Fact]
    public void Removed_names_take_their_completions_along_and_leave_commands_alone()
    {
        var before = new PluginPrimitives
        {
            Tools = [SomeItems.Tool("a"), SomeItems.Tool("b")], Prompts = [SomeItems.Prompt("a"), SomeItems.Prompt("c")],
            Resources = [SomeItems.Resource("a"), SomeItems.Resource("d")], Commands = [SomeItems.Command("a")],
            Completions = Completes("a", 0).AddRange(Completes("c", 0)),
        };

        var items = before.Without(new HashSet<string> { "a", "demo://d" });

        Assert.Equal([SomeItems.Tool("b")], items.Tools);
        Assert.Equal([SomeItems.Prompt("c")], items.Prompts);
        Assert.Equal([SomeItems.Resource("a")], items.Resources);
        Assert.Equal([SomeItems.Command("a")], items.Commands);
        Assert.Equal([("c", "argument")], items.Completions.Keys);
        Assert.Equal([SomeItems.Tool("a"), SomeItems.Tool("b")], before.Tools);
    }

    [Fact]
    public void Joined_items_have_every_name_once_and_the_added_ones_win() => Gen.Select(Items, Items).Sample((before, added) =>
    {
        var items = before.With(added);
        AssertJoined(before.Tools, added.Tools, items.Tools);
        AssertJoined(before.Prompts, added.Prompts, items.Prompts);
        AssertJoined(before.Resources, added.Resources, items.Resources);
        AssertJoined(before.Commands, added.Commands, items.Commands);
        var completions = before.Completions.Where(pair => !added.Completions.ContainsKey(pair.Key)).Concat(added.Completions);
        Assert.Equal(completions.ToHashSet(), items.Completions.ToHashSet());
    }, iter: 300);

    [Fact]
    public void Items_without_some_names_have_the_others_and_none_of_these() => Gen.Select(Items, Subsets).Sample((before, some) =>
    {
        var names = some.SelectMany(item => new[] { item.Name, SomeItems.Uri(item.Name) }).ToHashSet();
        var items = before.Without(names);
        Assert.DoesNotContain(names, items.Has);
        Assert.Equal(before.Tools.Where(tool => !names.Contains(IdOf(tool))), items.Tools);
        Assert.Equal(before.Prompts.Where(prompt => !names.Contains(IdOf(prompt))), items.Prompts);
        Assert.Equal(before.Resources.Where(resource => !names.Contains(IdOf(resource))), items.Resources);
        Assert.Equal(before.Commands, items.Commands);
    }, iter: 300);

    static void AssertJoined<T>(ImmutableArray<T> before, ImmutableArray<T> added, ImmutableArray<T> joined) where T : IMcpServerPrimitive
    {
        var replaced = added.Select(item => item.Id).ToHashSet();
        Assert.Equal([.. before.Where(item => !replaced.Contains(item.Id)), .. added], joined);
        Assert.Equal(joined.Length, joined.Select(item => item.Id).Distinct().Count());
    }

    // The SDK implements it explicitly.
    static string IdOf(IMcpServerPrimitive item) => item.Id;

    static ImmutableDictionary<(string Target, string Argument), ArgumentCompletion> Completes(string target, int edition) =>
        ImmutableDictionary<(string, string), ArgumentCompletion>.Empty.Add((target, "argument"), SomeItems.Completion(target, edition));
}
