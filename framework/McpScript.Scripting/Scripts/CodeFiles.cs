using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpScript.Scripting.Scripts;

/// <summary>The C# files of a folder plugin as they were read.</summary>
/// <param name="Trees">One syntax tree for each file that could be read, in the order of their paths.</param>
/// <param name="Files">Every file that was read, and the list of them.</param>
/// <param name="Problems">Files that cannot be read or are no text.</param>
sealed record CodeFiles(ImmutableArray<SyntaxTree> Trees, ImmutableArray<SourceFile> Files, ImmutableArray<PluginProblem> Problems)
{
    /// <summary>Parse options: ordinary C# with the symbols that the .NET SDK defines for this framework.</summary>
    public static readonly CSharpParseOptions Parsing = new(
        LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Regular,
        [
            "NET", "NETCOREAPP", $"NET{Environment.Version.Major}_0",
            .. Enumerable.Range(5, Environment.Version.Major - 4).Select(version => $"NET{version}_0_OR_GREATER"),
        ]);

    /// <summary>No files, for a script that has none.</summary>
    public static CodeFiles None { get; } = new([], [], []);

    /// <summary>Reads the C# files that belong to an entry script.</summary>
    /// <param name="location">The script. Only folder plugins, and the test scripts in their folders, have C# files.</param>
    /// <param name="files">Content of recently read files; null to read them always.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static CodeFiles Of(PluginLocation location, FileHashCache? files, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(location.Path)!;
        var hasCode = location.Kind == PluginKinds.ScriptFolder || location.Kind == PluginKinds.ScriptTest && ScriptPath.MainOf(folder) is not null;
        return hasCode ? In(folder, files, cancellationToken) : None;
    }

    static CodeFiles In(string folder, FileHashCache? cache, CancellationToken cancellationToken)
    {
        var paths = SourceListing.FilesIn(folder);
        var trees = ImmutableArray.CreateBuilder<SyntaxTree>();
        var files = ImmutableArray.CreateBuilder<SourceFile>();
        var problems = ImmutableArray.CreateBuilder<PluginProblem>();
        files.Add(SourceListing.Of(SourceListing.PathOf(folder), paths));
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var content = cache?.ReadContent(path) ?? FileContent.Read(path);
            files.Add(content.File);
            var (text, problem) = content.Bytes is { } bytes
                ? ScriptText.Decode(path, bytes)
                : (null, new PluginProblem(
                    $"The file cannot be read: {content.Why}. Make it readable, or move it out of the plugin's folder.", ProblemCodes.Unreadable, path));
            if (text is not null)
                trees.Add(CSharpSyntaxTree.ParseText(text, Parsing, path, cancellationToken));
            if (problem is not null)
                problems.Add(problem);
        }
        return new(trees.ToImmutable(), files.ToImmutable(), problems.ToImmutable());
    }
}
