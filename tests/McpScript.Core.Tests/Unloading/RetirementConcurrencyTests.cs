using CsCheck;

namespace McpScript.Core.Tests.Unloading;

public sealed class RetirementConcurrencyTests
{
    static readonly Gen<int> Plugin = Gen.Int[0, ManyEndings.Count - 1];

    [Fact]
    public async Task Generations_that_retire_while_calls_end_and_time_passes_end_in_order_and_wait_as_long_as_they_must()
    {
        var step = Gen.Frequency((4, Plugin.Select(plugin => new Action<ManyEndings>(endings => endings.Retire(plugin)))),
            (4, Plugin.Select(plugin => new Action<ManyEndings>(endings => endings.EndCall(plugin)))),
            (2, Gen.Int[1, 20].Select(seconds => new Action<ManyEndings>(endings => endings.Pass(TimeSpan.FromSeconds(seconds))))));

        await step.Array[5, 15].Array[3].SampleAsync(async threads =>
        {
            await using var endings = new ManyEndings();
            await Task.WhenAll(threads.Select(steps => Task.Run(() => Array.ForEach(steps, take => take(endings))))).Soon();
            await endings.FinishAsync().Soon();
            Assert.Empty(endings.Violations);
        }, iter: 20, threads: 1);
    }
}
