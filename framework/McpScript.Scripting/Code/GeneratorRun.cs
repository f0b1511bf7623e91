using McpScript.Model;
using McpScript.Scripting.Scripts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting.Code;

/// <summary>
/// Runs source generators over a compilation, each on its own and with a time limit, so that a broken one is a problem with a name. Safe for concurrent
/// use.
/// </summary>
/// <param name="limit">How long one generator may run; 10 s by default.</param>
/// <param name="time">The clock of that limit.</param>
sealed class GeneratorRun(TimeSpan? limit = null, TimeProvider? time = null)
{
    readonly TimeSpan _limit = limit ?? TimeSpan.FromSeconds(10);
    readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The compilation with all that was generated.</summary>
    /// <param name="compilation">The written code; each generator sees this and no other's output, as in any build.</param>
    /// <param name="generators">The generators to run.</param>
    /// <param name="main">The entry script, for problems without a place.</param>
    /// <param name="problems">Receives what generators report as errors, and generators that fail.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public CSharpCompilation Run(
        CSharpCompilation compilation, IEnumerable<SourceGenerator> generators, string main, ICollection<PluginProblem> problems, CancellationToken cancellationToken)
    {
        var trees = new List<SyntaxTree>();
        foreach (var generator in generators)
        {
            if (ResultOf(generator, compilation, main, problems, cancellationToken) is not { } result)
                continue;
            trees.AddRange(result.GeneratedTrees);
            foreach (var problem in ScriptProblems.Of(result.Diagnostics, main))
                problems.Add(problem);
            if (result.Results.Select(one => one.Exception).FirstOrDefault(thrown => thrown is not null) is { } exception)
                problems.Add(Failed(generator, main, $"threw {exception.GetType().Name}: {exception.Message}"));
        }
        return compilation.AddSyntaxTrees(trees);
    }

    GeneratorDriverRunResult? ResultOf(
        SourceGenerator generator, CSharpCompilation compilation, string main, ICollection<PluginProblem> problems, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A generator may ignore its token: then its thread is abandoned, and ends with the program.
        var running = Task.Run(
            () => CSharpGeneratorDriver.Create([generator.Generator], parseOptions: CodeFiles.Parsing).RunGenerators(compilation, stop.Token).GetRunResult(), CancellationToken.None);
        try
        {
            // Compiling is synchronous, on a thread of its own.
            return running.WaitAsync(_limit, _time, cancellationToken).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            stop.Cancel();
            problems.Add(Failed(generator, main, $"did not finish within {_limit.TotalSeconds:0} s and was abandoned"));
            return null;
        }
    }

    static PluginProblem Failed(SourceGenerator generator, string main, string what) => new(
        $"The source generator '{generator.Name}' of {generator.Origin} {what}. Use another version of it, or write by hand what it would generate.", ProblemCodes.GeneratorFailed, main);
}
