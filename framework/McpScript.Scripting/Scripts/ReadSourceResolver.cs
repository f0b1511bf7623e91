using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Scripts;

/// <summary>Answers the compiler's <c>#load</c> with what was read, so that nothing is read twice.</summary>
sealed class ReadSourceResolver(ScriptSources script) : SourceReferenceResolver
{
    /// <summary>The absolute path that a <c>#load</c> means: relative to the file that holds it.</summary>
    /// <remarks>Roslyn finds what exists; where a missing file should be, we have to say ourselves.</remarks>
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
