using System.Text.Json;
using McpScript.Loading;

namespace McpScript.Core.Tests.Loading;

public sealed class PluginStateTests
{
    readonly PluginState _state = new();

    [Fact]
    public void Writes_of_a_new_generation_are_visible_only_to_it_until_its_commit()
    {
        var (old, next) = (Live(), Open());
        old.Set("shared", 1);

        next.Set("shared", 2);
        next.Set("own", 3);
        Assert.Equal((2, 3), (next.Get<int>("shared"), next.Get<int>("own")));
        Assert.Equal((1, 0), (old.Get<int>("shared"), old.Get<int>("own")));
        Assert.Equal(["shared"], old.Keys);

        next.Commit();
        Assert.Equal((2, 3), (old.Get<int>("shared"), old.Get<int>("own")));
    }

    [Fact]
    public void Values_that_a_new_generation_removes_stay_visible_to_others_until_its_commit()
    {
        var (old, next) = (Live(), Open());
        old.Set("gone", 1);
        old.Set("kept", 1);

        Assert.True(next.Remove("gone"));
        Assert.Equal((0, 1), (next.Get<int>("gone"), old.Get<int>("gone")));
        Assert.Equal(["kept"], next.Keys);
        Assert.Equal(["gone", "kept"], old.Keys.Order());

        next.Commit();
        Assert.Equal(0, old.Get<int>("gone"));
        Assert.Equal(["kept"], old.Keys);
    }

    [Fact]
    public void A_generation_that_is_never_served_leaves_nothing()
    {
        var rejected = Open();
        rejected.Set("mine", 1);
        Assert.Empty(Live().Keys);
    }

    [Fact]
    public void After_the_commit_writes_and_removals_take_effect_immediately()
    {
        var (writer, reader) = (Live(), Live());
        writer.Set("key", 1);
        Assert.Equal(1, reader.Get<int>("key"));

        Assert.True(writer.Remove("key"));
        Assert.Empty(reader.Keys);
        Assert.Empty(writer.Keys);
    }

    [Fact]
    public void A_second_commit_does_not_repeat_the_first()
    {
        var (first, second) = (Open(), Live());
        first.Set("key", 1);
        first.Commit();
        second.Set("key", 2);

        first.Commit();

        Assert.Equal(2, first.Get<int>("key"));
    }

    [Fact]
    public void Only_a_missing_value_is_replaced_by_the_fallback()
    {
        var state = Live();
        Assert.Equal("fallback", state.Get("key", "fallback"));

        state.Set<string?>("key", null);
        Assert.Null(state.Get("key", "fallback"));
        Assert.Equal(["key"], state.Keys);
    }

    [Fact]
    public void A_removed_value_is_replaced_by_the_fallback_before_and_after_the_commit()
    {
        Live().Set("key", "value");
        var state = Open();
        state.Remove("key");
        Assert.Equal("fallback", state.Get("key", "fallback"));

        state.Commit();
        Assert.Equal("fallback", state.Get("key", "fallback"));
    }

    [Fact]
    public void Removing_a_missing_value_does_not_remove_a_later_value_of_another_generation()
    {
        var (old, next) = (Live(), Open());
        Assert.False(next.Remove("key"));
        old.Set("key", 1);

        next.Commit();

        Assert.Equal(1, old.Get<int>("key"));
        Assert.False(next.Remove("other"));
    }

    [Fact]
    public void A_value_is_removed_once()
    {
        var state = Open();
        state.Set("key", 1);
        Assert.True(state.Remove("key"));
        Assert.False(state.Remove("key"));
    }

    [Fact]
    public void An_update_gets_the_value_and_returns_the_new_one()
    {
        var state = Live();
        Assert.Equal(1, state.Update<int>("count", count => count + 1));
        Assert.Equal(2, state.Update<int>("count", count => count + 1));
        Assert.Equal(2, state.Get<int>("count"));
    }

    [Fact]
    public void An_update_before_the_commit_starts_from_the_generations_own_value()
    {
        Live().Set("count", 10);
        var next = Open();
        Assert.Equal(11, next.Update<int>("count", count => count + 1));
        Assert.Equal(12, next.Update<int>("count", count => count + 1));
        Assert.Equal(10, Live().Get<int>("count"));
    }

    [Fact]
    public void An_update_that_throws_changes_nothing()
    {
        var state = Live();
        state.Set("count", 1);
        Assert.Throws<FormatException>(() => state.Update<int>("count", _ => throw new FormatException()));
        Assert.Equal(1, state.Get<int>("count"));
        state.Set("count", 2);
    }

    [Fact]
    public void An_update_may_use_the_state_itself()
    {
        var state = Live();
        state.Set("step", 5);
        Assert.Equal(5, state.Update<int>("count", count => count + state.Get<int>("step")));
    }

    [Fact]
    public void Names_differ_by_case()
    {
        var state = Open();
        state.Set("key", 1);
        state.Set("Key", 2);
        Assert.Equal((1, 2), (state.Get<int>("key"), state.Get<int>("Key")));

        state.Commit();
        Assert.Equal((1, 2), (state.Get<int>("key"), state.Get<int>("Key")));
        Assert.Equal(["Key", "key"], state.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_value_is_a_copy()
    {
        var (state, list) = (Live(), new List<int> { 1 });
        state.Set("list", list);
        list.Add(2);
        Assert.Equal([1], state.Get<List<int>>("list")!);
        Assert.NotSame(state.Get<List<int>>("list"), state.Get<List<int>>("list"));
    }

    [Fact]
    public void A_generation_reads_values_of_another_one_with_its_own_types_and_serializer_options()
    {
        var camel = _state.Open(new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
        camel.Set("old", new OldPlace(1, 2));
        camel.Update<OldPlace>("new", _ => new OldPlace(3, 4));
        camel.Commit();

        Assert.Equal(["x", "y"], Live().Get<Dictionary<string, int>>("old")!.Keys);
        Assert.Equal(new NewPlace(3, 0), camel.Get<NewPlace>("new"));
        Assert.Equal(new NewPlace(0, 0), Live().Get<NewPlace>("new"));
        Assert.Equal(new OldPlace(3, 5), camel.Update<OldPlace>("new", place => place! with { Y = 5 }));
    }

    [Fact]
    public void A_value_of_another_type_is_refused_and_stays()
    {
        var state = Live();
        state.Set("key", "text");
        Assert.Throws<JsonException>(() => state.Get<int>("key"));
        Assert.Throws<JsonException>(() => state.Update<int>("key", number => number + 1));
        Assert.Equal("text", state.Get<string>("key"));
    }

    [Fact]
    public void The_names_reflect_the_current_state()
    {
        var state = Live();
        var before = state.Keys;
        state.Set("key", 1);
        Assert.Empty(before);
    }

    PluginState.View Open() => _state.Open(JsonSerializerOptions.Default);

    PluginState.View Live()
    {
        var view = Open();
        view.Commit();
        return view;
    }

    sealed record OldPlace(int X, int Y);

    sealed record NewPlace(int X, int Z);
}
