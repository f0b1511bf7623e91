using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public class DesiredPluginsTests
{
    static readonly PluginReference A = new("a"), B = new("b"), C = new("c");

    IReadOnlyList<PluginReference>? _list;
    HashSet<PluginReference> _disabled = [];
    readonly DesiredPlugins _wanted;

    public DesiredPluginsTests() => _wanted = new(() => _list, reference => !_disabled.Contains(reference));

    [Fact]
    public void Without_a_list_all_found_plugins_are_wanted_and_then_all_loaded_ones()
    {
        Assert.Equal([B, A, C], From(found: [B, A], loaded: [C, A]));
        Assert.False(_wanted.IsListed);
        Assert.False(_wanted.IsNone);
        Assert.True(_wanted.IsDesired(A));
    }

    [Fact]
    public void With_a_list_only_listed_plugins_are_wanted_in_the_order_of_the_list_found_or_not()
    {
        _list = [C, A];

        Assert.Equal([C, A], From(found: [A, B], loaded: [B]));
        Assert.True(_wanted.IsListed);
        Assert.False(_wanted.IsNone);
        Assert.True(_wanted.IsDesired(A));
        Assert.False(_wanted.IsDesired(B));
    }

    [Fact]
    public void With_an_empty_list_no_plugin_is_wanted()
    {
        _list = [];

        Assert.Empty(From(found: [A], loaded: [B]));
        Assert.True(_wanted.IsListed);
        Assert.True(_wanted.IsNone);
        Assert.False(_wanted.IsDesired(A));
    }

    [Fact]
    public void A_new_list_takes_effect_immediately()
    {
        _list = [A];
        From(found: [], loaded: []);
        _list = [B];

        Assert.Equal([B], From(found: [], loaded: []));
    }

    [Fact]
    public void A_name_that_is_listed_twice_is_wanted_once_at_its_first_position()
    {
        _list = [new("a") { Version = "1.0" }, B, new("A") { Version = "2.0" }];

        var wanted = From(found: [], loaded: []);

        Assert.Equal([A, B], wanted);
        Assert.Equal("1.0", wanted[0].Version);
    }

    [Fact]
    public void Plugins_loaded_by_hand_come_last_by_name_whatever_its_case()
    {
        _list = [C];
        foreach (var name in new[] { "x", "a_b", "Y", "ab", "A" })
            _wanted.KeepLoaded(new(name));

        // By the values of the capital letters, not by the rules of a language, which would put a_b before ab.
        Assert.Equal(["c", "A", "ab", "a_b", "x", "Y"], From(found: [], loaded: []).Select(reference => reference.Name));
    }

    [Fact]
    public void A_listed_plugin_that_is_loaded_by_hand_keeps_its_place()
    {
        _list = [B, A];
        _wanted.KeepLoaded(B);

        Assert.Equal([B, A], From(found: [], loaded: []));
    }

    [Fact]
    public void A_plugin_unloaded_by_hand_is_not_wanted_though_it_is_found_loaded_or_listed()
    {
        _wanted.KeepUnloaded(new("A"));

        Assert.Equal([B], From(found: [A, B], loaded: [A]));
        _list = [A, B];
        Assert.Equal([B], From(found: [A, B], loaded: []));
        Assert.True(_wanted.IsDesired(A));
    }

    [Fact]
    public void The_last_action_by_hand_takes_effect()
    {
        _list = [];
        _wanted.KeepUnloaded(A);
        _wanted.KeepLoaded(A);
        _wanted.KeepLoaded(B);
        _wanted.KeepUnloaded(B);

        Assert.Equal([A], From(found: [], loaded: []));
    }

    [Fact]
    public void An_action_by_hand_can_be_forgotten()
    {
        _list = [A];
        _wanted.KeepUnloaded(A);
        _wanted.KeepLoaded(B);
        _wanted.Forget(new("A"));
        _wanted.Forget(B);

        Assert.Equal([A], From(found: [], loaded: []));
    }

    [Fact]
    public void A_plugin_that_the_configuration_turns_off_is_never_wanted()
    {
        _disabled = [A, B];
        _wanted.KeepLoaded(B);

        Assert.Equal([C], From(found: [A, C], loaded: [A]));
        Assert.False(_wanted.IsEnabled(A));
        Assert.True(_wanted.IsEnabled(C));
        _list = [A, C];
        Assert.Equal([C], From(found: [A, C], loaded: []));
    }

    List<PluginReference> From(PluginReference[] found, PluginReference[] loaded) =>
        [.. _wanted.From([.. found.Select(reference => TestPlugin.Location(reference.Name))], loaded)];
}
