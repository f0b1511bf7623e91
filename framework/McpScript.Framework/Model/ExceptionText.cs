using System.Diagnostics;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>What we keep of a plugin's exception: words and places, never the object, whose type and stack would keep the plugin alive.</summary>
static class ExceptionText
{
    /// <summary>A host exception with the whole text of a plugin's.</summary>
    public static Exception Of(Exception thrown) => new PluginException(thrown.ToString());

    /// <summary>The innermost place of a stack that lies in a plugin's own source.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="root">The plugin folder; other files do not count.</param>
    public static (string? File, int? Line) PlaceIn(Exception thrown, string root)
    {
        foreach (var frame in new StackTrace(thrown, fNeedFileInfo: true).GetFrames())
            if (frame.GetFileName() is { } file && file.StartsWith(root, StringComparison.Ordinal))
                return (file, frame.GetFileLineNumber());
        return (null, null);
    }

    /// <summary>The text of a line, or null when it cannot be had.</summary>
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
            // Only decoration of a problem that is told anyway.
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
