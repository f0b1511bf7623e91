using System.Reflection;
using System.Runtime.CompilerServices;

namespace McpScript.Core.Tests;

/// <summary>Initializes all static fields of the code and of its tests before a mutant can be active. Built into the tests by build.targets only.</summary>
/// <remarks>
/// One test host serves many mutants, and it initializes a static field once: a mutant that is active at that moment would stay in the field, and all later mutants would be taken for killed by it.
/// So nothing mutates these initializers, and their mutants count as not covered. The names below are those of Stryker's own code in the mutated assembly, of the version in .config/dotnet-tools.json.
/// </remarks>
static class Statics
{
    const BindingFlags Fields = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [ModuleInitializer]
    internal static void Initialize()
    {
        // The project that is mutated has it; the code as it is, with which Stryker begins, has not.
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
        control.GetField(name, Fields) ?? throw new InvalidOperationException($"Stryker's {control.Name} has no field '{name}' any more: see tools/mutation/Statics.cs.");

    static void Run(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters && type.Name != "MutantControl"))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
    }
}
