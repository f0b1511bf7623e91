using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Code;

/// <summary>Finds the C# source generators in an assembly.</summary>
static class GeneratorAssembly
{
    /// <summary>Returns one instance of each C# generator in an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="origin">Its origin, for error texts.</param>
    public static ImmutableArray<SourceGenerator> GeneratorsIn(Assembly assembly, string origin) =>
    [
        .. TypesOf(assembly).Where(IsGenerator).Select(type => new SourceGenerator(Create(type), type.Name, origin)),
    ];

    static ISourceGenerator Create(Type type)
    {
        var created = Activator.CreateInstance(type)!;
        return created is IIncrementalGenerator incremental ? incremental.AsSourceGenerator() : (ISourceGenerator)created;
    }

    // An assembly of generators may also contain code fixes, whose base types exist in editors only.
    static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    static bool IsGenerator(Type type) =>
        !type.IsAbstract && (type.IsAssignableTo(typeof(IIncrementalGenerator)) || type.IsAssignableTo(typeof(ISourceGenerator)))
        && type.GetCustomAttribute<GeneratorAttribute>() is { } attribute && attribute.Languages.Contains(LanguageNames.CSharp);
}
