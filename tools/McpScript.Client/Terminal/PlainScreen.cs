using System.Text;

namespace McpScript.Client.Terminal;

/// <summary>Plain text for pipes: results to stdout, everything else to stderr, no input.</summary>
sealed class PlainScreen : IScreen
{
    readonly Lock _lock = new();
    readonly MarkupRenderer _renderer = new(colours: false);
    readonly MarkupRenderer _errorRenderer = new(colours: TerminalScreen.IsAvailable && !Console.IsErrorRedirected);
    readonly TextWriter _out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };

    /// <inheritdoc/>
    public bool CanPrompt => false;

    /// <inheritdoc/>
    public int Width => 120;

    /// <inheritdoc/>
    public void Say(string markup) => Text(_renderer.Render(markup));

    /// <inheritdoc/>
    public void Text(string text)
    {
        lock (_lock)
            _out.Write(text + "\n");
    }

    /// <inheritdoc/>
    public void Note(string markup)
    {
        lock (_lock)
            Console.Error.Write(_errorRenderer.Render(markup) + "\n");
    }

    /// <inheritdoc/>
    public void Progress(string? line)
    {
        // Progress is for terminals only.
    }

    /// <inheritdoc/>
    public Task<TypedLine> ReadLineAsync(LineRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Cannot prompt for input: stdin or stdout is not a terminal.");
}
