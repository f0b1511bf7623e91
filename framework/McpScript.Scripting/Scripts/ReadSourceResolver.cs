using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Scripts;

/// <summary>Resolves the compiler's <c>#load</c> directives to the files that were read, so that no file is read twice.</summary>
sealed class ReadSourceResolver(ScriptSources script) : SourceReferenceResolver
{
    /// <summary>The absolute path of a <c>#load</c>, relative to the file that contains it.</summary>
    /// <remarks>Roslyn resolves only existing files; the path of a missing one is computed here.</remarks>
    public static string PathOf(string path, string holder) =>
        ScriptSourceResolver.Default.ResolveReference(ScriptPath.Portable(path), holder) is { } found
            ? Path.GetFullPath(found)
            : ScriptPath.Full(path, holder);

    public override string? NormalizePath(string path, string? baseFilePath) => ScriptSourceResolver.Default.NormalizePath(path, baseFilePath);

    public override string? ResolveReference(string path, string? baseFilePath) =>
        baseFilePath is not null && PathOf(path, baseFilePath) is var full && script.Loaded.ContainsKey(full) ? full : null;

    public override SourceText ReadText(string resolvedPath) => script.Loaded[resolvedPath];

    public override Stream OpenRead(string resolvedPath) =>
        new MemoryStream((script.Loaded[resolvedPath].Encoding ?? Encoding.UTF8).GetBytes(script.Loaded[resolvedPath].ToString()));

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => script.Loaded.GetHashCode();
}
