namespace McpScript.Hosting;

/// <summary>An input stream that reports its end only after a drain, and whose last line always has a line end.</summary>
sealed class InputWithDrain(Stream inner, Func<Task> drain) : ReadOnlyStream
{
    bool _lineEnded = true;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            _lineEnded = buffer.Span[read - 1] == (byte)'\n';
            return read;
        }
        if (!_lineEnded && buffer.Length > 0)
        {
            _lineEnded = true;
            buffer.Span[0] = (byte)'\n';
            return 1;
        }
        await drain();
        return 0;
    }
}
