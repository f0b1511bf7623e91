using System.Text;
using McpScript.Model;
using Microsoft.CodeAnalysis.Text;

namespace McpScript.Scripting.Scripts;

/// <summary>Decoding of scripts: UTF-8, or UTF-16 with a byte order mark.</summary>
static class ScriptText
{
    /// <summary>UTF-8 that throws on invalid bytes.</summary>
    public static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a file; returns its text or the problem.</summary>
    public static (SourceText? Text, PluginProblem? Problem) Decode(string path, byte[] content)
    {
        try
        {
            // A byte order mark wins over the encoding. The SHA-256 of these bytes goes into the PDB, so that debuggers accept the file.
            var text = SourceText.From(content, content.Length, Encoding, SourceHashAlgorithm.Sha256);
            var line = text.Lines.FirstOrDefault(line => text.ToString(line.Span).Contains('\0'));
            return line.Text is null
                ? (text, null)
                : (null, NotText(path, line.LineNumber + 1, text.ToString(line.Span).IndexOf('\0') + 1, "it holds a NUL character"));
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
