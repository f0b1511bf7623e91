using System.Text;
using McpScript.Model;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Scripts;

/// <summary>Bytes as a script's text: UTF-8, or UTF-16 with a byte order mark.</summary>
static class ScriptText
{
    /// <summary>UTF-8 that does not gloss over what is none.</summary>
    public static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or what is wrong with it.</summary>
    public static (SourceText? Text, PluginProblem? Problem) Decode(string path, byte[] content)
    {
        try
        {
            // A byte order mark wins over the encoding given. SHA-256 of these bytes goes into the PDB, so that debuggers take the file for the right one.
            var text = SourceText.From(content, content.Length, Encoding, SourceHashAlgorithm.Sha256);
            var line = text.Lines.FirstOrDefault(line => text.ToString(line.Span).Contains('\0'));
            return line.Text is null ? (text, null) : (null, NotText(path, line.LineNumber + 1, text.ToString(line.Span).IndexOf('\0') + 1, "it holds a NUL character"));
        }
        catch (DecoderFallbackException e)
        {
            // Expected for binary files and for older code pages.
            var before = content.AsSpan(0, Math.Clamp(e.Index, 0, content.Length));
            return (null, NotText(path, before.Count((byte)'\n') + 1, e.Index - before.LastIndexOf((byte)'\n'), "it holds bytes that are not UTF-8"));
        }
    }

    static PluginProblem NotText(string path, int line, int column, string why) => new(
        $"'{Path.GetFileName(path)}' is not a text file: {why}. Save it as UTF-8.",
        ProblemCodes.NotText,
        path,
        line,
        column);
}
