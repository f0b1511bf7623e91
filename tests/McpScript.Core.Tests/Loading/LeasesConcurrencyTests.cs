using CsCheck;
using McpScript.Core.Tests.Unloading;
using McpScript.Model;

namespace McpScript.Core.Tests.Loading;

public sealed class LeasesConcurrencyTests
{
    static readonly int[] Slots = [0, 1, 2];
    static readonly Gen<int> Steps = Gen.Int[0, int.MaxValue];

    [Fact]
    public void Every_order_of_taking_returning_and_closing_keeps_the_rules()
    {
        var report = Rules.ConformExhaustive(() => new LeaseRun(), (run, step) => step.Action switch
        {
            "Take" => run.Take(step.After),
            "Return" => run.Return(Slots[step.ArgIndex], step.After),
            _ => run.Close(step.After),
        });

        Assert.True(report.Closed);
        Assert.Equal((49, 200L), (report.States, report.ConformedTransitions));
        Assert.Empty(report.NeverTriggered);
    }

    [Fact]
    public void Calls_on_several_threads_see_leases_as_if_they_came_one_after_the_other() => Gen.Const(() => new LeaseCounter()).SampleParallel(
        [
            Steps.Operation<LeaseCounter>(step => $"Take({step})", (leases, step) => leases.Take(step)),
            Gen.Int[0, 2].Operation<LeaseCounter>(slot => $"Return({slot})", (leases, slot) => leases.Return(slot)),
            Gen.Operation<LeaseCounter>("Close", leases => leases.Close()),
            Steps.Operation<LeaseCounter>(step => $"Count({step})", (leases, step) => leases.Count(step)),
            Steps.Operation<LeaseCounter>(step => $"Drained({step})", (leases, step) => leases.Drained(step)),
        ],
        equal: (one, other) => one.Outcome == other.Outcome, print: leases => leases.Outcome,
        maxSequentialOperations: 3, maxParallelOperations: 6, iter: 20, threads: 2);

    [Fact]
    public async Task Threads_that_call_until_they_are_refused_leave_no_call_behind()
    {
        var leases = new Leases(new SlowTime());
        using var calls = new SemaphoreSlim(0);
        Task<bool> Start() => Task.Factory.StartNew(() => CallUntilRefused(leases, calls), TaskCreationOptions.LongRunning);
        Task<bool>[] callers = [Start(), Start(), Start(), Start()];

        try
        {
            for (var call = 0; call < 200; call++)
                await calls.WaitAsync().Soon();
        }
        finally
        {
            leases.Close();
        }

        Assert.All(await Task.WhenAll(callers).Soon(), Assert.True);
        Assert.Equal(0, leases.Running().Count);
        Assert.True(leases.Drained.IsCompleted);
    }

    static bool CallUntilRefused(Leases leases, SemaphoreSlim calls)
    {
        while (leases.TryTake() is { } lease)
            using (lease)
            {
                calls.Release();
                if (leases.Drained.IsCompleted)
                    return false;
            }
        return true;
    }

    static Spec<LeaseState> Rules => Spec.From(LeaseState.Initial)
        .Action("Take", state => state.CanTake, state => state.Take())
        .Action("Return", Slots, (state, slot) => state.CanReturn(slot), (state, slot) => state.Return(slot))
        .Action("Close", state => state.Close())
        .NeverAfter("no lease after the end", "Once closed, it gives out no more.", (_, after) => after.IsClosed, (before, after) => after.Out > before.Out)
        .NeverAfter("drained for good", "Once drained, it stays drained.", (_, after) => after.IsDrained, (_, after) => !after.IsDrained)
        .Reachable("drained", "Completes when closed and the last lease is back.", state => state.IsDrained && state.Slots.Contains('b'));
}
