using System.Text;

namespace McpScript.Client.Terminal;

/// <summary>Plain text for pipes: answers to stdout, the rest to stderr, and nobody to ask.</summary>
sealed class PlainScreen : IScreen
{
    readonly Lock _lock = new();
    readonly MarkupRenderer _styled = new(colours: false);
    readonly MarkupRenderer _errors = new(colours: TerminalScreen.IsThere && !Console.IsErrorRedirected);
    readonly TextWriter _out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };

    /// <inheritdoc/>
    public bool CanAsk => false;

    /// <inheritdoc/>
    public int Width => 120;

    /// <inheritdoc/>
    public void Say(string markup) => Text(_styled.Render(markup));

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
            Console.Error.Write(_errors.Render(markup) + "\n");
    }

    /// <inheritdoc/>
    public void Progress(string? line)
    {
        // Nobody looks on.
    }

    /// <inheritdoc/>
    public Task<TypedLine> ReadLineAsync(LineRequest request, CancellationToken cancellationToken) => throw new InvalidOperationException("There is nobody to ask.");
}
