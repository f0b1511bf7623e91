using McpScript.Model;
using McpScript.Scripting.Scripts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting.Code;

/// <summary>
/// Runs source generators over a compilation, each separately and with a time limit, so that a faulty one is reported by its name. Safe for concurrent use.
/// </summary>
/// <param name="limit">The time limit of one generator; null for 10 seconds.</param>
/// <param name="time">The clock; null for the system's.</param>
sealed class GeneratorRun(TimeSpan? limit = null, TimeProvider? time = null)
{
    readonly TimeSpan _limit = limit ?? TimeSpan.FromSeconds(10);
    readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Returns the compilation with the generated code.</summary>
    /// <param name="compilation">The written code; each generator gets this code only, as in any build.</param>
    /// <param name="generators">The generators to run.</param>
    /// <param name="main">The entry script, for problems without a place.</param>
    /// <param name="problems">Receives errors that generators report, and failures of generators.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public CSharpCompilation Run(
        CSharpCompilation compilation, IEnumerable<SourceGenerator> generators, string main, ICollection<PluginProblem> problems,
        CancellationToken cancellationToken)
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
        // A generator may ignore its token: its thread is then abandoned, and ends with the process.
        var running = Task.Run(() => Driver(generator).RunGenerators(compilation, stop.Token).GetRunResult(), CancellationToken.None);
        try
        {
            // Compilation is synchronous, and runs on a thread of its own.
            return running.WaitAsync(_limit, _time, cancellationToken).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            stop.Cancel();
            problems.Add(Failed(generator, main, $"did not finish within {_limit.TotalSeconds:0} s and was abandoned"));
            return null;
        }
    }

    static GeneratorDriver Driver(SourceGenerator generator) => CSharpGeneratorDriver.Create([generator.Generator], parseOptions: CodeFiles.Parsing);

    static PluginProblem Failed(SourceGenerator generator, string main, string what) => new(
        $"The source generator '{generator.Name}' of {generator.Origin} {what}. Use another version of it, or write by hand what it would generate.",
        ProblemCodes.GeneratorFailed, main);
}
