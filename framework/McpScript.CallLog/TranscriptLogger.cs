using System.Globalization;
using System.Text;
using McpScript.FileSystem;

namespace McpScript.CallLog;

/// <summary>
/// Writes calls as a Markdown document for people, from <see cref="Start"/> to <see cref="Stop"/>; in between, a document that has grown too big is
/// followed by another.
/// </summary>
public sealed class TranscriptLogger : IToolCallLogger, IDisposable
{
    readonly Lock _oneAtATime = new();
    readonly string _folder;
    readonly long _maxSize;
    readonly Redaction _redaction;
    readonly TimeProvider _time;
    FileStream? _file;

    /// <summary>A logger that writes nothing until it is started.</summary>
    /// <param name="folder">Where the documents are; null for <c>transcripts</c> in <see cref="JsonlToolLogger.DefaultFolder"/>.</param>
    /// <param name="maxSize">At how many bytes a new one is begun.</param>
    /// <param name="redaction">What is taken out; null for the default.</param>
    /// <param name="time">The clock.</param>
    public TranscriptLogger(string? folder = null, long maxSize = 10 * 1024 * 1024, Redaction? redaction = null, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxSize);
        _folder = System.IO.Path.GetFullPath(folder ?? System.IO.Path.Combine(JsonlToolLogger.DefaultFolder, "transcripts"));
        (_maxSize, _redaction, _time) = (maxSize, redaction ?? Redaction.Default, time ?? TimeProvider.System);
    }

    /// <summary>True between <see cref="Start"/> and <see cref="Stop"/>.</summary>
    public bool Active => _file is not null;

    /// <summary>The document that is being written; null if there is none.</summary>
    public string? Path => _file?.Name;

    /// <summary>Begins a document, ending the one before.</summary>
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
            // Whatever comes of the last lines, it is over.
            _file = null;
            Append(file, TranscriptText.End(_time.GetLocalNow()));
            return file.Name;
        }
    }

    // Two in one second are two documents, in two processes as well.
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
                // That second has one already; the next number may be free.
            }
        }
    }

    void Append(string text) => Append(_file!, text);

    static void Append(FileStream file, string text) => RandomAccess.Write(file.SafeFileHandle, Encoding.UTF8.GetBytes(text), RandomAccess.GetLength(file.SafeFileHandle));
}
