using CsCheck;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Reconcile;

public class ReconcilePlanProperties
{
    const int Iterations = 500;

    // What is believed deleted is missing, and a deletion that is still doubted makes new plugins wait.
    static readonly Gen<(FolderModel Model, PluginReference[] Gone, bool IsWaiting)> Scans = Gen.Select(FolderModels.Any, FolderModels.Some, Gen.Bool,
        (model, some, isWaiting) => (model, some.Intersect(model.View.Missing()).ToArray(), isWaiting));

    [Fact]
    public void A_plan_that_was_applied_leaves_nothing_to_plan() =>
        Gen.Select(Scans, FolderModels.Outcomes).Sample((scan, outcomes) =>
        {
            var plan = scan.Model.Plan(scan.Gone, scan.IsWaiting);
            var after = scan.Model.Apply(plan, outcomes);

            var next = after.Plan([], scan.IsWaiting);

            // A listed plugin that was unloaded is missed at the next scan, once.
            Assert.Equal(scan.Model.Listed is null ? [] : scan.Model.Wanted.Where(Unloaded(plan).Contains), next.Select(change => change.Reference));
            Assert.Empty(after.Apply(next, outcomes).Plan([], scan.IsWaiting));
        }, iter: Iterations);

    [Fact]
    public void A_plan_names_each_plugin_once() =>
        Scans.Sample(scan =>
        {
            var names = scan.Model.Plan(scan.Gone, scan.IsWaiting).Select(change => change.Reference).ToList();

            Assert.Equal(names.Distinct(), names);
        }, iter: Iterations);

    [Fact]
    public void A_plan_does_not_depend_on_the_order_of_what_it_is_made_from() =>
        Scans.SelectMany(scan => FolderModels.Shuffled(scan.Model), (scan, shuffled) => (Scan: scan, Shuffled: shuffled)).Sample(both =>
        {
            var plan = both.Scan.Model.Plan(both.Scan.Gone, both.Scan.IsWaiting);
            var other = both.Shuffled.Plan(both.Scan.Gone, both.Scan.IsWaiting);

            Assert.Equal(plan.Select(Text).Order(), other.Select(Text).Order());
        }, iter: Iterations);

    [Fact]
    public void A_plan_unloads_only_loaded_plugins_that_are_gone_or_unwanted_and_never_one_of_a_folder_that_is_away() =>
        Scans.Sample(scan =>
        {
            foreach (var unloaded in Unloaded(scan.Model.Plan(scan.Gone, scan.IsWaiting)))
            {
                var plugin = scan.Model.Loaded.Single(plugin => unloaded.Equals(new(plugin.Name)));
                var isWanted = scan.Model.Wanted.Contains(unloaded);
                Assert.True(!isWanted || scan.Gone.Contains(unloaded) && !scan.Model.Away.Contains(plugin.Root), $"{unloaded} is unloaded.");
            }
        }, iter: Iterations);

    [Fact]
    public void A_plan_refreshes_only_wanted_plugins_that_are_found_or_that_were_never_tried() =>
        Scans.Sample(scan =>
        {
            foreach (var change in scan.Model.Plan(scan.Gone, scan.IsWaiting).Where(change => change.Kind == PluginChangeKind.Refresh))
            {
                Assert.Contains(change.Reference, scan.Model.Wanted);
                var isKnown = scan.Model.Loaded.Any(plugin => change.Reference.Equals(plugin.Reference))
                    || scan.Model.Failures.Any(failure => change.Reference.Equals(failure.Reference));
                Assert.True(!isKnown || scan.Model.Places.Any(place => place.Reference.Equals(change.Reference)), $"{change.Reference} is nowhere.");
            }
        }, iter: Iterations);

    static HashSet<PluginReference> Unloaded(IEnumerable<PluginChange> plan) =>
        [.. plan.Where(change => change.Kind == PluginChangeKind.Unload).Select(change => change.Reference)];

    static string Text(PluginChange change) => $"{change.Kind} {change.Reference}";
}
