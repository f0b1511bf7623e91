using CsCheck;
using McpScript.Catalogs;
using McpScript.Core.Tests.Unloading;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public sealed class PluginRegistryConcurrencyTests
{
    static readonly Gen<PluginChangeKind> Kinds = Gen.Enum<PluginChangeKind>();
    static readonly Gen<string> Name = Gen.Int[0, 3].Select(i => "abcd"[i].ToString());
    static readonly Gen<int> Steps = Gen.Int[0, int.MaxValue];

    static readonly Gen<(string, PluginChangeKind, int)[][]> Churns =
        Gen.Select(Gen.Int[0, 2].Select(i => "abc"[i].ToString()), Kinds, Gen.Int[0, 9]).Array[2, 4].Array[3];

    [Fact]
    public void Changes_on_several_threads_come_out_as_if_they_were_made_one_after_the_other() => Gen.Const(() => new RegistryRun()).SampleParallel(
        [
            Gen.Select(Steps, Name, Kinds).Operation<RegistryRun>(t => $"{t.Item3} {t.Item2}", (run, t) => run.Apply(t.Item1, (t.Item2, t.Item3))),
            Gen.Select(Steps, Kinds, Kinds).Operation<RegistryRun>(
                t => $"{t.Item2} b, {t.Item3} c", (run, t) => run.Apply(t.Item1, ("b", t.Item2), ("c", t.Item3))),
        ],
        equal: (one, other) => one.Outcome == other.Outcome, print: run => run.Outcome,
        maxSequentialOperations: 2, maxParallelOperations: 4, iter: 10, threads: 2);

    [Fact]
    public async Task Readers_see_every_change_as_a_whole()
    {
        await using var test = new TestRegistry();
        foreach (var name in new[] { "a", "b" })
            PutTwoTools(test.Source, name);
        await test.ApplyAsync(PluginChangeKind.Load, "a", "b");
        using var stop = new CancellationTokenSource();
        var reader = Task.Factory.StartNew(() => ReadUntil(test.Served, stop.Token), TaskCreationOptions.LongRunning);

        for (var round = 0; round < 15; round++)
            await test.ApplyAsync(PluginChangeKind.Reload, "a", "b");

        stop.Cancel();
        Assert.Null(await reader.Soon());
        Assert.Equal(16, test.Live("a").Generation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_change_is_made_at_a_time_and_every_generation_ends_once(bool isShutDownMeanwhile)
    {
        await Churns.SampleAsync(async threads =>
        {
            await using var churn = new Churn("a", "b", "c");
            var changes = threads.Select(steps => Task.Run(() => ChurnAsync(churn, steps))).ToList();
            if (isShutDownMeanwhile)
                await churn.ShutdownAsync();
            await Task.WhenAll(changes).Soon();
            if (!isShutDownMeanwhile)
                await churn.ShutdownAsync();
            await churn.RetiredAsync();
            Assert.Empty(churn.Violations);
        }, iter: 10, threads: 1);
    }

    static async Task ChurnAsync(Churn churn, (string Plugin, PluginChangeKind Kind, int Dice)[] steps)
    {
        foreach (var (plugin, kind, dice) in steps)
            await (dice == 0 ? churn.DryRunAsync(plugin) : churn.ChangeAsync(plugin, kind, isCancelled: dice == 1));
    }

    // Both plugins are always reloaded in one change, so their generations are equal whenever a reader looks.
    static string? ReadUntil(CurrentCatalog served, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var catalog = served.Catalog;
            var seen = string.Join(' ', catalog.Tools.Items.Select(item => $"{item.Id}:{item.Primitive.ProtocolTool.Description}"));
            var generation = catalog.Plugins[0].Generation;
            if (seen != $"a1:{generation} a2:{generation} b1:{generation} b2:{generation}")
                return seen;
            if (catalog.Plugins.Any(plugin => plugin.Generation != generation) || !catalog.Tools.Items.All(item => catalog.Plugins.Contains(item.Owner!)))
                return $"the owners are not those of generation {generation}";
        }
        return null;
    }

    static void PutTwoTools(CodeSource source, string name)
    {
        var generation = 0;
        source.Put(name, mcp =>
        {
            generation++;
            mcp.Tool($"{name}1", $"{generation}", () => "");
            mcp.Tool($"{name}2", $"{generation}", () => "");
        });
    }
}
