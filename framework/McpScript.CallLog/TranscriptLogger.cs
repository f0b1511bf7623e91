using System.Globalization;
using System.Text;
using McpScript.FileSystem;

namespace McpScript.CallLog;

/// <summary>
/// Writes calls as a Markdown document for readers, from <see cref="Start"/> to <see cref="Stop"/>. A document that is too large is followed by another one.
/// Safe for concurrent use.
/// </summary>
public sealed class TranscriptLogger : IToolCallLogger, IDisposable
{
    readonly Lock _oneAtATime = new();
    readonly string _folder;
    readonly long _maxSize;
    readonly Redaction _redaction;
    readonly TimeProvider _time;
    FileStream? _file;

    /// <summary>Creates a logger, which writes nothing until it is started.</summary>
    /// <param name="folder">The folder of the documents; null for <c>transcripts</c> in <see cref="JsonlToolLogger.DefaultFolder"/>.</param>
    /// <param name="maxSize">The size in bytes at which a new document begins.</param>
    /// <param name="redaction">The redaction of calls; null for the default.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public TranscriptLogger(string? folder = null, long maxSize = 10 * 1024 * 1024, Redaction? redaction = null, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSize);
        _folder = System.IO.Path.GetFullPath(folder ?? System.IO.Path.Combine(JsonlToolLogger.DefaultFolder, "transcripts"));
        (_maxSize, _redaction, _time) = (maxSize, redaction ?? Redaction.Default, time ?? TimeProvider.System);
    }

    /// <summary>True between <see cref="Start"/> and <see cref="Stop"/>.</summary>
    public bool Active => _file is not null;

    /// <summary>The path of the current document; null if there is none.</summary>
    public string? Path => _file?.Name;

    /// <summary>Begins a document, and ends the current one.</summary>
    /// <returns>Its path.</returns>
    public string Start()
    {
        lock (_oneAtATime)
        {
            End();
            PrivateFile.CreateFolder(_folder);
            _file = CreateFile();
            Append(TranscriptText.Beginning(_time.GetLocalNow()));
            return _file.Name;
        }
    }

    /// <summary>Ends the document.</summary>
    /// <returns>Its path; <c>(no active transcript)</c> if there is none.</returns>
    public string Stop()
    {
        lock (_oneAtATime)
            return End() ?? "(no active transcript)";
    }

    /// <inheritdoc/>
    public void Write(ToolCall call)
    {
        lock (_oneAtATime)
        {
            if (_file is null)
                return;
            if (RandomAccess.GetLength(_file.SafeFileHandle) > _maxSize)
                Start();
            Append(TranscriptText.Entry(_redaction.Apply(call)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    string? End()
    {
        if (_file is not { } file)
            return null;
        using (file)
        {
            // Cleared first, so that the document is ended even if writing its last lines fails.
            _file = null;
            Append(file, TranscriptText.End(_time.GetLocalNow()));
            return file.Name;
        }
    }

    // Two documents that begin in the same second, also in two processes, get different names.
    FileStream CreateFile()
    {
        var name = System.IO.Path.Combine(_folder, _time.GetLocalNow().ToString("yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture));
        for (var number = 1; ; number++)
        {
            var path = number == 1 ? $"{name}.md" : $"{name}-{number}.md";
            try
            {
                return PrivateFile.Open(path, FileMode.CreateNew);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another document has this name; the next number may be free.
            }
        }
    }

    void Append(string text) => Append(_file!, text);

    static void Append(FileStream file, string text) =>
        RandomAccess.Write(file.SafeFileHandle, Encoding.UTF8.GetBytes(text), RandomAccess.GetLength(file.SafeFileHandle));
}
