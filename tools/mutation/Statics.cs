using System.Reflection;
using System.Runtime.CompilerServices;

namespace McpScript.Core.Tests;

/// <summary>Initializes all static fields of the code and of its tests before a mutant can be active. Built into the tests by build.targets only.</summary>
/// <remarks>
/// One test host runs many mutants, but initializes a static field only once. A mutant that is active during the initialization would stay in the field, and
/// later mutants would be reported as killed because of it. Therefore no mutant is active in these initializers, and their mutants count as not covered.
/// The names below are members of the code that Stryker adds to the mutated assembly, in the version of .config/dotnet-tools.json.
/// </remarks>
static class Statics
{
    const BindingFlags Fields = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [ModuleInitializer]
    internal static void Initialize()
    {
        // Only the mutated project contains MutantControl; the unmodified build, with which Stryker begins, does not.
        Assembly[] projects = [typeof(McpScript.Catalogs.Catalog).Assembly, typeof(McpScript.CallLog.Redaction).Assembly];
        var control = projects.SelectMany(project => project.GetTypes()).FirstOrDefault(type => type.Name == "MutantControl");
        if (control is not null)
        {
            var code = control.Assembly;
            var captures = Field(control, "CaptureCoverage").GetValue(null);
            Field(control, "CaptureCoverage").SetValue(null, false);
            Field(control, "_cachedMutantFilePath").SetValue(null, "");
            Field(control, "_mutantFilePathCached").SetValue(null, true);
            Field(control, "ActiveMutant").SetValue(null, -1);
            Run(code);
            Run(typeof(Statics).Assembly);
            Field(control, "_mutantFilePathCached").SetValue(null, false);
            Field(control, "CaptureCoverage").SetValue(null, captures);
        }
    }

    static FieldInfo Field(Type control, string name) =>
        control.GetField(name, Fields)
        ?? throw new InvalidOperationException($"Stryker's {control.Name} has no field '{name}'. Adapt tools/mutation/Statics.cs to this version.");

    static void Run(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters && type.Name != "MutantControl"))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
    }
}
