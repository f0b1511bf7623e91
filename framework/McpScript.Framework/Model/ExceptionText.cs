using System.Diagnostics;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>Text of a plugin's exceptions: never the exception object, whose type and stack would keep the plugin's load context in memory.</summary>
static class ExceptionText
{
    /// <summary>Creates a host exception with the whole text of a plugin's exception.</summary>
    public static Exception Of(Exception thrown) => new PluginException(thrown.ToString());

    /// <summary>Finds the innermost stack frame in a plugin's own source.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="root">The plugin folder; other files do not count.</param>
    public static (string? File, int? Line) PlaceIn(Exception thrown, string root)
    {
        foreach (var frame in new StackTrace(thrown, fNeedFileInfo: true).GetFrames())
            if (frame.GetFileName() is { } file && file.StartsWith(root, StringComparison.Ordinal))
                return (file, frame.GetFileLineNumber());
        return (null, null);
    }

    /// <summary>Reads a line of a file, numbered from 1; null if it cannot be read.</summary>
    public static string? LineOf(string? file, int? line)
    {
        if (file is null || line is not { } number)
            return null;
        try
        {
            using var text = new StreamReader(RegularFile.OpenRead(file));
            for (var before = 1; before < number; before++)
                text.ReadLine();
            return text.ReadLine();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The line only illustrates a problem that is reported in any case.
            return null;
        }
    }

    /// <summary>A plugin's exception as text.</summary>
    sealed class PluginException(string text) : Exception(text)
    {
        /// <inheritdoc/>
        public override string ToString() => Message;
    }
}
