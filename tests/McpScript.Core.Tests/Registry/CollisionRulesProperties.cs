using CsCheck;
using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Core.Tests.Registry;

public class CollisionRulesProperties
{
    const int Iterations = 200;

    static readonly string[] AllWords = ["tool x", "tool y", "tool z", "prompt x", "resource demo://x", "tool proxy__x"];
    static readonly string[] Names = ["a", "b", "c", "d"], New = ["m", "n", "o"];

    // Each word goes to one plugin at most, as in a catalog that is served.
    static readonly Gen<(string Name, string[] Words)[]> ServedPlugins = Gen.Select(Gen.Int[0, Names.Length].Array[AllWords.Length - 1], Gen.Shuffle(Names),
        (owners, names) => names.Select(name => (name, WordsOf(Array.IndexOf(Names, name), owners))).ToArray());

    static readonly Gen<(string Name, string[]? Words)[]> AllChanges = Changes([.. Names, .. New]);

    static readonly Gen<Contest> Contests = Gen.Select(ServedPlugins, AllChanges,
        (served, changes) => new Contest(served, [.. changes.Where(change => change.Words is not null || Names.Contains(change.Name))]));

    [Fact]
    public void The_result_has_no_collisions_and_serves_exactly_the_items_of_its_plugins() =>
        Contests.Sample(contest =>
        {
            var (_, after, _) = contest.Resolve();

            var again = Catalog.Of(after.Plugins, after.Host, out var collisions);

            Assert.Empty(collisions);
            Assert.Equal(Served(again), Served(after));
        }, iter: Iterations);

    [Fact]
    public void Plugins_that_do_not_change_keep_all_their_items() =>
        Contests.Sample(contest =>
        {
            var (before, after, candidates) = contest.Resolve();
            var unchanged = before.Plugins.Where(plugin => candidates.All(candidate => candidate.Old != plugin)).ToList();

            Assert.Equal(unchanged, after.Plugins.Intersect(unchanged));
            Assert.Empty(Served(before).Where(item => unchanged.Contains(item.Owner!)).Except(Served(after)));
        }, iter: Iterations);

    [Fact]
    public void A_plugin_that_changes_has_its_new_generation_or_falls_back_to_its_old_one_or_to_nothing() =>
        Contests.Sample(contest =>
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
        Contests.SelectMany(contest => Gen.Shuffle(contest.Unchanged.ToArray()), (contest, other) => (Contest: contest, Other: other)).Sample(both =>
        {
            var (_, after, candidates) = both.Contest.Resolve();
            var (_, other, others) = (both.Contest with { Unchanged = both.Other }).Resolve();

            Assert.Equal(Text(after), Text(other));
            Assert.Equal(candidates.Select(candidate => candidate.Failure?.Message), others.Select(candidate => candidate.Failure?.Message));
        }, iter: Iterations);

    [Fact]
    public void Plugins_keep_their_places_and_new_ones_come_last_in_the_order_of_the_changes() =>
        Contests.Sample(contest =>
        {
            var (before, after, candidates) = contest.Resolve();
            var left = candidates.Where(candidate => candidate.Leaves).Select(candidate => candidate.Change.Reference);
            var came = candidates.Where(candidate => candidate is { Old: null, Next: not null }).Select(candidate => candidate.Change.Reference);

            Assert.Equal([.. before.Plugins.Select(plugin => plugin.Reference).Except(left), .. came], after.Plugins.Select(plugin => plugin.Reference));
        }, iter: Iterations);

    [Fact]
    public void A_new_plugin_fails_only_for_a_name_that_is_reserved_or_served_by_another() =>
        Gen.Select(ServedPlugins, Changes(New), (served, changes) => new Contest(served, [.. changes.Where(change => change.Words is not null)]))
            .Sample(contest =>
        {
            var (_, after, candidates) = contest.Resolve();
            var taken = Served(after).Select(item => item.Word).ToHashSet();

            foreach (var (candidate, change) in candidates.Zip(contest.Changes).Where(pair => pair.First.Rejected is not null))
                Assert.True(change.Words!.Any(word => taken.Contains(word) || word.Contains("__")), $"{candidate.Change.Reference} fails for nothing.");
        }, iter: Iterations);

    [Fact]
    public void A_plugin_fails_only_if_its_new_generation_collides_with_what_is_served_in_the_end() =>
        Contests.Sample(contest =>
        {
            var (_, after, candidates) = contest.Resolve();

            foreach (var candidate in candidates.Where(candidate => candidate.Rejected is not null))
            {
                var others = after.Plugins.Where(plugin => plugin != candidate.Old);
                Catalog.Of([.. others, candidate.Rejected!], after.Host, out var collisions);

                Assert.Equal(collisions.Select(collision => collision.ToProblem()), candidate.Failure!.Problems);
                Assert.Equal(
                    collisions.Where(collision => collision.Owner is not null).Select(collision => collision.Owner!.Reference).Distinct(), candidate.BlockedBy);
            }
        }, iter: Iterations);

    static string[] WordsOf(int owner, int[] owners) => [.. AllWords.Take(owners.Length).Where((_, word) => owners[word] == owner)];

    static Gen<(string Name, string[]? Words)[]> Changes(string[] names) => Gen.Shuffle(names, 0, names.Length).SelectMany(some =>
        Gen.Shuffle(AllWords, 0, 3).Null().Array[some.Length].Select(words => some.Zip(words, (name, offered) => (name, (string[]?)offered)).ToArray()));

    static IEnumerable<(string Word, Plugin? Owner)> Served(Catalog catalog) =>
    [
        .. catalog.Tools.Items.Select(item => ($"tool {item.Id}", item.Owner)), .. catalog.Prompts.Items.Select(item => ($"prompt {item.Id}", item.Owner)),
        .. catalog.Resources.Items.Select(item => ($"resource {item.Id}", item.Owner)),
    ];

    static IEnumerable<string> Text(Catalog catalog) => Served(catalog).Select(item => $"{item.Word}: {item.Owner?.Reference}#{item.Owner?.Generation}");
}
