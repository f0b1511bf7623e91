using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace McpScript.Scripting.Code;

/// <summary>Finds the C# source generators in an assembly.</summary>
static class GeneratorAssembly
{
    /// <summary>One instance of each generator that the assembly offers for C#.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="origin">Its origin, for people.</param>
    public static ImmutableArray<SourceGenerator> GeneratorsIn(Assembly assembly, string origin) =>
    [
        .. TypesOf(assembly).Where(IsGenerator).Select(type => new SourceGenerator(
            Activator.CreateInstance(type) is IIncrementalGenerator incremental ? incremental.AsSourceGenerator() : (ISourceGenerator)Activator.CreateInstance(type)!,
            type.Name, origin)),
    ];

    // An assembly of generators may hold code fixes too, whose base types are those of an editor.
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
