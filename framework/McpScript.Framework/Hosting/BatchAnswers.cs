using System.Buffers;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Hosting;

/// <summary>
/// An input stream without JSON-RPC batches: a line with a batch is removed, and each request in it is answered with an error, so that no client waits for
/// ever.
/// </summary>
/// <remarks>Only revision 2025-03-26 had batches, and the SDK does not read them.</remarks>
/// <param name="inner">The input.</param>
/// <param name="answer">Sends an error response.</param>
sealed class BatchAnswers(Stream inner, Func<JsonRpcError, Task> answer) : ReadOnlyStream
{
    const int LongestRead = 4 * 1024 * 1024;

    const string Reason = "JSON-RPC batches are not supported: of all protocol revisions only 2025-03-26 had them. Send one message per line.";

    readonly ArrayBufferWriter<byte> _batch = new();
    Place _place = Place.LineStart;

    enum Place
    {
        LineStart,
        Message,
        Batch,
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                if (_place == Place.Batch)
                    await AnswerAsync();
                return 0;
            }
            if (await KeepMessagesAsync(buffer[..read]) is var kept && kept > 0)
                return kept;
        }
    }

    // Moves everything but batches to the beginning of the buffer, and returns the length.
    async ValueTask<int> KeepMessagesAsync(Memory<byte> bytes)
    {
        var kept = 0;
        for (var at = 0; at < bytes.Length;)
        {
            if (_place == Place.LineStart)
                _place = FirstOf(bytes.Span[at..]);
            var end = bytes.Span[at..].IndexOf((byte)'\n');
            var part = bytes.Slice(at, end < 0 ? bytes.Length - at : end + 1);
            if (_place == Place.Batch)
            {
                Collect(part.Span);
            }
            else
            {
                part.CopyTo(bytes[kept..]);
                kept += part.Length;
            }
            at += part.Length;
            if (end < 0)
                continue;
            if (_place == Place.Batch)
                await AnswerAsync();
            _place = Place.LineStart;
        }
        return kept;
    }

    // White space alone does not decide yet.
    static Place FirstOf(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOfAnyExcept(" \t\r"u8);
        return first < 0 ? Place.LineStart : line[first] == (byte)'[' ? Place.Batch : Place.Message;
    }

    void Collect(ReadOnlySpan<byte> part)
    {
        if (_batch.WrittenCount + part.Length <= LongestRead)
            _batch.Write(part);
    }

    async Task AnswerAsync()
    {
        var ids = IdsIn(_batch.WrittenMemory);
        _batch.ResetWrittenCount();
        foreach (var id in ids.Count == 0 ? [default] : ids)
            await answer(new() { Id = id, Error = new() { Code = (int)McpErrorCode.InvalidRequest, Message = Reason } });
    }

    // Empty for a line that is not a batch of requests; it then gets one answer without an id.
    static List<RequestId> IdsIn(ReadOnlyMemory<byte> batch)
    {
        var ids = new List<RequestId>();
        try
        {
            using var document = JsonDocument.Parse(batch);
            foreach (var message in document.RootElement.EnumerateArray())
                if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("method", out _) && message.TryGetProperty("id", out var id))
                    if (id.ValueKind == JsonValueKind.String)
                        ids.Add(new(id.GetString()!));
                    else if (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number))
                        ids.Add(new(number));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Expected for a batch that was cut off, or half of a surrogate pair in an id.
        }
        return ids;
    }
}
