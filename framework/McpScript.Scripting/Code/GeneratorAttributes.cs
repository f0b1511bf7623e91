using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Scripting.Scripts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpScript.Scripting.Code;

/// <summary>
/// Finds attributes of source generators in scripts. The types of a script are nested in the script's class, where generators cannot extend them.
/// </summary>
static class GeneratorAttributes
{
    // CS8795, CS9248: a partial method or property without an implementation. CS0534: a JSON context whose abstract members were not generated.
    static readonly string[] Ungenerated = ["CS8795", "CS9248", "CS0534"];

    // CS7036: a JSON context without its generated constructor. CS0117: a member that would be generated, such as Default.
    static readonly string[] Consequences = [.. Ungenerated, "CS7036", "CS0117"];

    /// <summary>Returns one problem, at the attribute, for each attribute on a partial type or member whose generator cannot work.</summary>
    /// <param name="trees">The script and the files that it loads.</param>
    /// <param name="plugin">The plugin's name.</param>
    public static ImmutableArray<PluginProblem> Find(IEnumerable<SyntaxTree> trees, string plugin)
    {
        var names = DotNetGenerators.Attributes.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from tree in trees
               let text = tree.GetText().ToString()
               where names.Any(name => text.Contains(name, StringComparison.Ordinal))
               from attribute in tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>()
               let name = NameOf(attribute)
               where names.Contains(name) && attribute.Parent?.Parent is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.PartialKeyword)
               select ScriptProblems.At(attribute.GetLocation(), ProblemCodes.GeneratorInScript, Explanation($"[{name}]", plugin)),
        ];
    }

    /// <summary>Returns true for an error that only follows from a problem of <see cref="Find"/>.</summary>
    public static bool IsConsequence(PluginProblem problem) => Consequences.Contains(problem.Code);

    /// <summary>Adds the fix to an error about missing generated code of another attribute, such as one from a package.</summary>
    public static PluginProblem Explained(PluginProblem problem, string plugin) =>
        Ungenerated.Contains(problem.Code)
            ? problem with { Message = $"{problem.Message} If a source generator should write it: {Explanation("it", plugin)}" }
            : problem;

    static string Explanation(string what, string plugin) =>
        $"{what} needs a source generator, and generators cannot reach the types of a script, which are nested in the script's own class. "
        + $"Make this a folder plugin and move the partial type into a C# file: {plugin}/main.csx and, for instance, {plugin}/Generated.cs.";

    // [GeneratedRegex], [RegularExpressions.GeneratedRegexAttribute], [alias::LoggerMessage]
    static string NameOf(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
    }
}
