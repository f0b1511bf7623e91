using CsCheck;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public class DesiredPluginsProperties
{
    static readonly PluginReference[] All = [.. new[] { "a", "b", "c", "d", "e" }.Select(name => new PluginReference(name))];

    static readonly Gen<PluginReference[]> Subsets = Gen.Shuffle(All, 0, All.Length);

    [Fact]
    public void The_wanted_plugins_are_the_enabled_names_loaded_by_hand_or_due_and_not_unloaded_by_hand() =>
        Gen.Select(Subsets.Null(), Subsets, Subsets, Subsets, Subsets, Subsets).Sample((list, found, loaded, off, wants, unwants) =>
        {
            var wanted = new DesiredPlugins(() => list, reference => !off.Contains(reference));
            Array.ForEach(wants, wanted.KeepLoaded);
            Array.ForEach(unwants, wanted.KeepUnloaded);

            var from = From(wanted, found, loaded);

            var due = list ?? [.. found, .. loaded];
            Assert.Equal(from.Distinct(), from);
            var expected = All.Where(one => !off.Contains(one) && !unwants.Contains(one) && (due.Contains(one) || wants.Contains(one)));
            Assert.Equal(expected, from.OrderBy(one => one.Name));
            // The list, or the disk, says the order.
            Assert.Equal(due.Distinct().Where(from.Contains), from.Take(due.Distinct().Count(from.Contains)));
        }, iter: 300);

    [Fact]
    public void The_order_of_actions_by_hand_on_different_plugins_does_not_matter() =>
        Gen.Select(Subsets, Subsets, Gen.Shuffle(All), Gen.Shuffle(All)).Sample((found, wants, order, other) =>
            Assert.Equal(From(ByHand(order, wants), found, []), From(ByHand(other, wants), found, [])), iter: 300);

    static DesiredPlugins ByHand(PluginReference[] order, PluginReference[] wants)
    {
        var wanted = new DesiredPlugins(() => null, _ => true);
        foreach (var reference in order)
            if (wants.Contains(reference))
                wanted.KeepLoaded(reference);
            else
                wanted.KeepUnloaded(reference);
        return wanted;
    }

    static List<PluginReference> From(DesiredPlugins wanted, PluginReference[] found, PluginReference[] loaded) =>
        [.. wanted.From([.. found.Select(reference => TestPlugin.Location(reference.Name))], loaded)];
}
