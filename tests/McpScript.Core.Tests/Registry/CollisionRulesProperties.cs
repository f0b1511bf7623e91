using CsCheck;
using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Core.Tests.Registry;

public class CollisionRulesProperties
{
    const int Iterations = 200;

    static readonly string[] s_words = ["tool x", "tool y", "tool z", "prompt x", "resource demo://x", "tool proxy__x"];
    static readonly string[] s_names = ["a", "b", "c", "d"], s_new = ["m", "n", "o"];

    // Each word goes to one plugin at most, as in a catalog that is served.
    static readonly Gen<(string Name, string[] Words)[]> s_served = Gen.Select(Gen.Int[0, s_names.Length].Array[s_words.Length - 1], Gen.Shuffle(s_names),
        (owners, names) => names.Select(name => (name, WordsOf(Array.IndexOf(s_names, name), owners))).ToArray());

    static readonly Gen<(string Name, string[]? Words)[]> s_changes = Changes([.. s_names, .. s_new]);

    static readonly Gen<Contest> s_contest = Gen.Select(s_served, s_changes,
        (served, changes) => new Contest(served, [.. changes.Where(change => change.Words is not null || s_names.Contains(change.Name))]));

    [Fact]
    public void The_result_has_no_collisions_and_serves_exactly_the_items_of_its_plugins() =>
        s_contest.Sample(contest =>
        {
            var (_, after, _) = contest.Resolve();

            var again = Catalog.Of(after.Plugins, after.Host, out var collisions);

            Assert.Empty(collisions);
            Assert.Equal(Served(again), Served(after));
        }, iter: Iterations);

    [Fact]
    public void Plugins_that_do_not_change_keep_all_their_items() =>
        s_contest.Sample(contest =>
        {
            var (before, after, candidates) = contest.Resolve();
            var unchanged = before.Plugins.Where(plugin => candidates.All(candidate => candidate.Old != plugin)).ToList();

            Assert.Equal(unchanged, after.Plugins.Intersect(unchanged));
            Assert.Empty(Served(before).Where(item => unchanged.Contains(item.Owner!)).Except(Served(after)));
        }, iter: Iterations);

    [Fact]
    public void A_plugin_that_changes_has_its_new_generation_or_falls_back_to_its_old_one_or_to_nothing() =>
        s_contest.Sample(contest =>
        {
            var (_, after, candidates) = contest.Resolve();

            Assert.All(candidates, candidate =>
            {
                var served = after.Find(candidate.Change.Reference);
                Assert.Same(candidate.Leaves ? null : candidate.Next ?? candidate.Old, served);
                Assert.Equal(candidate.Rejected is null, candidate.Failure is null);
                Assert.NotEqual(candidate.Leaves || candidate.Next is not null, candidate.Rejected is not null);
            });
        }, iter: Iterations);

    [Fact]
    public void The_result_does_not_depend_on_the_order_of_the_plugins_that_are_served() =>
        s_contest.SelectMany(contest => Gen.Shuffle(contest.Unchanged.ToArray()), (contest, other) => (Contest: contest, Other: other)).Sample(both =>
        {
            var (_, after, candidates) = both.Contest.Resolve();
            var (_, other, others) = (both.Contest with { Unchanged = both.Other }).Resolve();

            Assert.Equal(Text(after), Text(other));
            Assert.Equal(candidates.Select(candidate => candidate.Failure?.Message), others.Select(candidate => candidate.Failure?.Message));
        }, iter: Iterations);

    [Fact]
    public void Plugins_keep_their_places_and_new_ones_come_last_in_the_order_of_the_changes() =>
        s_contest.Sample(contest =>
        {
            var (before, after, candidates) = contest.Resolve();
            var left = candidates.Where(candidate => candidate.Leaves).Select(candidate => candidate.Change.Reference);
            var came = candidates.Where(candidate => candidate is { Old: null, Next: not null }).Select(candidate => candidate.Change.Reference);

            Assert.Equal([.. before.Plugins.Select(plugin => plugin.Reference).Except(left), .. came], after.Plugins.Select(plugin => plugin.Reference));
        }, iter: Iterations);

    [Fact]
    public void A_new_plugin_fails_only_for_a_name_that_is_reserved_or_served_by_another() =>
        Gen.Select(s_served, Changes(s_new), (served, changes) => new Contest(served, [.. changes.Where(change => change.Words is not null)])).Sample(contest =>
        {
            var (_, after, candidates) = contest.Resolve();
            var taken = Served(after).Select(item => item.Word).ToHashSet();

            foreach (var (candidate, change) in candidates.Zip(contest.Changes).Where(pair => pair.First.Rejected is not null))
                Assert.True(change.Words!.Any(word => taken.Contains(word) || word.Contains("__")), $"{candidate.Change.Reference} fails for nothing.");
        }, iter: Iterations);

    static string[] WordsOf(int owner, int[] owners) => [.. s_words.Take(owners.Length).Where((_, word) => owners[word] == owner)];

    static Gen<(string Name, string[]? Words)[]> Changes(string[] names) => Gen.Shuffle(names, 0, names.Length).SelectMany(some =>
        Gen.Shuffle(s_words, 0, 3).Null().Array[some.Length].Select(words => some.Zip(words, (name, offered) => (name, (string[]?)offered)).ToArray()));

    static IEnumerable<(string Word, Plugin? Owner)> Served(Catalog catalog) =>
    [
        .. catalog.Tools.Items.Select(item => ($"tool {item.Id}", item.Owner)), .. catalog.Prompts.Items.Select(item => ($"prompt {item.Id}", item.Owner)),
        .. catalog.Resources.Items.Select(item => ($"resource {item.Id}", item.Owner)),
    ];

    static IEnumerable<string> Text(Catalog catalog) => Served(catalog).Select(item => $"{item.Word}: {item.Owner?.Reference}#{item.Owner?.Generation}");
}
