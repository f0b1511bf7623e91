using CsCheck;

namespace McpScript.Core.Tests.Loading;

public sealed class PluginStateConcurrencyTests
{
    static readonly (int View, int Key)[] Places = [(0, 0), (0, 1), (1, 0), (1, 1)];
    static readonly int[] Views = [0, 1];
    static readonly Gen<int> Steps = Gen.Int[0, int.MaxValue];
    static readonly Gen<(string Key, int Step)> KeyAndStep = Gen.Select(Gen.Bool.Select(first => first ? "a" : "b"), Steps);

    [Fact]
    public void Every_order_of_writes_removals_and_commits_of_two_generations_reads_as_the_model_says()
    {
        var report = Spec.From(TwoViewsState.Initial)
            .Action("Set", Places, (state, place) => state.Set(place.View, place.Key))
            .Action("Remove", Places, (state, place) => state.Remove(place.View, place.Key))
            .Action("Commit", Views, (state, view) => state.Commit(view))
            .ConformExhaustive(() => new TwoViewsRun(), (run, step) => step.Action switch
            {
                "Set" => run.Set(Places[step.ArgIndex].View, Places[step.ArgIndex].Key, step.After),
                "Remove" => run.Remove(Places[step.ArgIndex].View, Places[step.ArgIndex].Key, step.After),
                _ => run.Commit(Views[step.ArgIndex], step.After),
            });

        Assert.True(report.Closed);
        Assert.Equal(430, report.States);
    }

    [Fact]
    public void Two_generations_on_several_threads_use_the_state_as_if_one_after_the_other() => Gen.Const(() => new CountedState()).SampleParallel(
        [
            KeyAndStep.Operation<CountedState>(t => $"Set({t.Key})", (state, t) => state.Set(t.Key, t.Step)),
            KeyAndStep.Operation<CountedState>(t => $"Add({t.Key})", (state, t) => state.Add(t.Key, t.Step)),
            KeyAndStep.Operation<CountedState>(t => $"Get({t.Key})", (state, t) => state.Get(t.Key, t.Step)),
            KeyAndStep.Operation<CountedState>(t => $"Remove({t.Key})", (state, t) => state.Remove(t.Key, t.Step)),
            Steps.Operation<CountedState>(step => "Keys", (state, step) => state.Keys(step)),
            Gen.Operation<CountedState>("Commit", state => state.Commit()),
        ],
        equal: (one, other) => one.Outcome == other.Outcome, print: state => state.Outcome,
        maxSequentialOperations: 3, maxParallelOperations: 5, iter: 40, threads: 2);
}
