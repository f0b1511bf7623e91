using System.Reflection;

namespace McpScript.Model;

/// <summary>Entry point of a compiled script.</summary>
/// <param name="TypeName">Metadata name of the class that holds the script's top-level members.</param>
/// <param name="FactoryName">Name of its static method <c>Task&lt;object&gt; Factory(object[])</c>, which takes the submission array and runs it.</param>
sealed record ScriptEntry(string TypeName, string FactoryName)
{
    /// <summary>Runs the script.</summary>
    /// <param name="assembly">The script's assembly, loaded.</param>
    /// <param name="globals">The script's globals: an object of the type that it was compiled with.</param>
    /// <returns>The object that holds the script's top-level members.</returns>
    internal async Task<object?> RunAsync(Assembly assembly, object globals)
    {
        // The submission array is Roslyn's convention: [0] holds the globals, [1] receives the script object.
        var submissions = new object?[] { globals, null };
        var factory = assembly.GetType(TypeName, throwOnError: true)!
        .GetMethod(FactoryName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object>>>();
        await factory(submissions);
        return submissions[1];
    }
}
