#pragma warning disable RS1042 // Doubles for tests: an old-style generator can block.
using McpScript.Model;
using McpScript.Scripting.Code;
using McpScript.Scripting.Scripts;
using McpScript.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Framework.Tests.Scripting;

public class GeneratorRunTests
{
    [Fact, Trait("Fault", "A13")]
    public async Task A_generator_that_does_not_finish_is_abandoned_with_its_name_and_the_others_run()
    {
        var time = new FirstTimer();
        using var release = new ManualResetEventSlim();
        var hanging = new Hanging(release);
        var problems = new List<PluginProblem>();
        var written = CSharpCompilation.Create("x", [CSharpSyntaxTree.ParseText("class A { }", CodeFiles.Parsing)]);

        var running = Task.Run(() => new GeneratorRun(time: time).Run(
            written, [new(hanging, "Hanging", "the package Slow 1.0.0"), new(new Quick(), "Quick", ".NET")], "/plugins/x/main.csx", problems,
            CancellationToken.None));
        await hanging.Entered.Task.WaitAsync(TestHost.Patience);
        (await time.Made.Task.WaitAsync(TestHost.Patience))();
        await running.WaitAsync(TestHost.Patience);
        release.Set();

        Assert.Equal(2, (await running).SyntaxTrees.Length);
        var problem = Assert.Single(problems);
        Assert.Equal((ProblemCodes.GeneratorFailed, "/plugins/x/main.csx"), (problem.Code, problem.File));
        Assert.Contains("'Hanging' of the package Slow 1.0.0 did not finish within 10 s", problem.Message, StringComparison.Ordinal);
    }

    // Holds the first timer back until it is fired by hand; the others never fire.
    sealed class FirstTimer : TimeProvider
    {
        public TaskCompletionSource<Action> Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(TimeSpan.FromSeconds(10), dueTime);
            Made.TrySetResult(() => callback(state));
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    sealed class Hanging(ManualResetEventSlim release) : ISourceGenerator
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Initialize(GeneratorInitializationContext context)
        {
        }

        public void Execute(GeneratorExecutionContext context)
        {
            Entered.TrySetResult();
            release.Wait(CancellationToken.None);
        }
    }

    sealed class Quick : ISourceGenerator
    {
        public void Initialize(GeneratorInitializationContext context)
        {
        }

        public void Execute(GeneratorExecutionContext context) => context.AddSource("B.g.cs", "class B { }");
    }
}
