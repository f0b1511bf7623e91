using System.Reflection;
using McpScript.Loading;
using McpScript.Model;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Testing;

/// <summary>Compiles test scripts like plugins, and runs each in a load context of its own. Needs no SDK.</summary>
/// <param name="packages">The packages that scripts may use; null for none.</param>
/// <param name="timeLimit">The time limit of a script.</param>
/// <param name="time">The clock.</param>
sealed class ScriptTestRunner(ScriptPackages? packages, TimeSpan timeLimit, TimeProvider time)
{
    readonly ScriptCompiler _compiler = new(packages: packages, globals: typeof(ScriptTestGlobals));

    /// <summary>Runs a test; all its failures are in the result.</summary>
    public async Task<ScriptTestResult> RunAsync(ScriptTest test, CancellationToken cancellationToken)
    {
        AssemblyImage image;
        try
        {
            var location = new PluginLocation(test.Plugin, PluginKinds.ScriptTest, test.Path, Path.GetDirectoryName(test.Path)!);
            image = await Task.Run(() => _compiler.Compile(location, cancellationToken), cancellationToken);
        }
        catch (PluginLoadException e)
        {
            return new(test, 0, [.. e.Problems.Select(Failure)]);
        }
        return await RunAsync(test, image, cancellationToken);
    }

    async Task<ScriptTestResult> RunAsync(ScriptTest test, AssemblyImage image, CancellationToken cancellationToken)
    {
        var assert = new ScriptAssertions();
        var context = new PluginLoadContext($"{test.Plugin} test", image, SharedAssemblies.Names);
        try
        {
            // The script may never return: its thread is then abandoned, and ends with the process.
            await Task.Run(() => image.Script!.RunAsync(context.LoadMain(), new ScriptTestGlobals(assert)), cancellationToken)
                .WaitAsync(timeLimit, time, cancellationToken);
            return new(test, assert.Count, Nothing(assert) is { } nothing ? [nothing with { File = test.Path }] : assert.Failures);
        }
        catch (TimeoutException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(test, assert.Count, [.. assert.Failures, new($"The test did not end within {timeLimit.TotalSeconds:0} s.", test.Path)]);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // An exception of the script, or of the code that it tests.
            return new(test, assert.Count, [.. assert.Failures, Thrown(e, test)]);
        }
        finally
        {
            context.Unload();
        }
    }

    // A test without assertions would look successful.
    static ScriptTestFailure? Nothing(ScriptAssertions assert) =>
        assert.Count > 0 ? null : new("The test has no assertion. Add one, such as: assert.Equal(3, Add(1, 2));");

    static ScriptTestFailure Failure(PluginProblem problem) =>
        new(problem.Code is null ? problem.Message : $"error {problem.Code}: {problem.Message}", problem.File, problem.Line);

    static ScriptTestFailure Thrown(Exception e, ScriptTest test)
    {
        var thrown = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
        var (file, line) = ExceptionText.PlaceIn(thrown, Path.GetDirectoryName(test.Path)!);
        return new($"{thrown.GetType().Name}: {thrown.Message}", file ?? test.Path, line);
    }
}
