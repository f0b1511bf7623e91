using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpScript.Scripting.Scripts;

/// <summary>Adds the fix to errors that a rule of scripts causes, and removes errors that only follow from such an error.</summary>
/// <remarks>docs/scripts.md lists these rules for authors.</remarks>
static partial class ScriptRules
{
    const string InCodeFile = "move it into a .cs file of a folder plugin (NAME/main.csx beside NAME/Types.cs), which is ordinary C#";

    /// <summary>Returns the errors that do not follow from others, in their order.</summary>
    public static IEnumerable<Diagnostic> WithoutConsequences(IReadOnlyList<Diagnostic> errors)
    {
        var namespaces = errors.Where(error => error.Id == "CS7021" && IsFileScoped(error.Location)).Select(error => error.Location.SourceTree).ToHashSet();
        var usings = errors.Where(IsUsingDeclaration).GroupBy(LineOf).ToDictionary(line => line.Key, line => line.First());
        var lost = usings.Values.Select(error => UsingDeclaration().Match(TextOf(error)).Groups["name"].Value).ToHashSet();
        return errors.Where(error =>
            (!namespaces.Contains(error.Location.SourceTree) || error.Id == "CS7021")
            && (!usings.TryGetValue(LineOf(error), out var first) || ReferenceEquals(first, error))
            && !(error.Id == "CS0103" && lost.Any(name => error.GetMessage(CultureInfo.InvariantCulture).Contains($"'{name}'", StringComparison.Ordinal))));
    }

    /// <summary>The message of an error, with the fix where a rule of scripts is the cause.</summary>
    public static string Explained(Diagnostic error) => IsUsingDeclaration(error)
        ? "A script cannot have a 'using' declaration at its top: what is declared there lives as long as the plugin. "
            + $"Write {Disposed(error)}, or use it inside a method or a block."
        : $"{error.GetMessage(CultureInfo.InvariantCulture)}{CureOf(error)}";

    static string CureOf(Diagnostic error) => error.Id switch
    {
        "CS7021" => $". Declare the types without a namespace, or {InCodeFile}.",
        "CS1109" or "CS9283" => ". In a script every class is nested in the script's own. Write an extension method at the top, outside any class: "
            + $"static string Twice(this string text) => text + text; or {InCodeFile}.",
        "CS9054" => $" In a script every type is nested in the script's own class. Leave out 'file', or {InCodeFile}.",
        "CS7026" => $". A script has no attributes of its assembly; {InCodeFile.Replace("move it", "move them", StringComparison.Ordinal)}.",
        "CS8345" => ". Variables at the top of a script are fields. Declare this one inside a method or a block.",
        "CS9298" => $". {FileDirectiveCure(TextOf(error))}",
        "CS0103" when error.GetMessage(CultureInfo.InvariantCulture).Contains("'args'", StringComparison.Ordinal) =>
            ". A plugin has no command line; read a setting: config.Get(\"name\", \"default\").",
        _ => "",
    };

    static string FileDirectiveCure(string line) => FileDirective().Match(line) switch
    {
        { Success: true } package when package.Groups["kind"].Value == "package" =>
            $"In a script write #r \"nuget: {package.Groups["id"].Value}, "
                + $"{(package.Groups["version"].Value is { Length: > 0 } version ? version : "1.2.3")}\".",
        { Success: true } project when project.Groups["kind"].Value == "project" =>
            "In a script, reference what the project builds: #r \"path/to/Library.dll\".",
        _ => "A script has no project settings; leave the line out. Packages are referenced with #r \"nuget: Id, 1.2.3\", assemblies with #r \"x.dll\".",
    };

    static string Disposed(Diagnostic error)
    {
        var declaration = UsingDeclaration().Match(TextOf(error));
        var name = declaration.Groups["name"].Value;
        return declaration.Groups["await"].Success
            ? $"'{declaration.Groups["type"].Value} {name} = …;' and 'mcp.OnUnload(async () => await {name}.DisposeAsync());'"
            : $"'{declaration.Groups["type"].Value} {name} = …;' and 'mcp.OnUnload({name}.Dispose);'";
    }

    // Not every error on such a line: in a method the declaration is allowed, so the error has another cause.
    static bool IsUsingDeclaration(Diagnostic error) =>
        error.Location.SourceTree is { Options.Kind: SourceCodeKind.Script } tree && UsingDeclaration().IsMatch(TextOf(error))
        && !tree.GetRoot().FindToken(error.Location.SourceSpan.Start).Parent!.AncestorsAndSelf().Any(
            node => node is BaseMethodDeclarationSyntax or AnonymousFunctionExpressionSyntax or BlockSyntax or TypeDeclarationSyntax);

    static bool IsFileScoped(Location place) =>
        place.SourceTree?.GetRoot().FindToken(place.SourceSpan.Start).Parent is FileScopedNamespaceDeclarationSyntax;

    static (string? Path, int Line) LineOf(Diagnostic error) =>
        (error.Location.SourceTree?.FilePath, error.Location.GetLineSpan().StartLinePosition.Line);

    static string TextOf(Diagnostic error) =>
        error.Location.SourceTree is { } tree ? tree.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line].ToString() : "";

    [GeneratedRegex(@"^\s*(?<await>await\s+)?using\s+(?<type>[\w.<>,\[\]? ]+?)\s+(?<name>\w+)\s*=")]
    private static partial Regex UsingDeclaration();

    [GeneratedRegex(@"^\s*#:(?<kind>\w+)\s+(?<id>[^@\s]+)(@(?<version>\S+))?")]
    private static partial Regex FileDirective();
}
