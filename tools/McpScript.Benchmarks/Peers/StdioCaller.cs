using System.Text;

namespace McpScript.Benchmarks.Peers;

/// <summary>Calls over the stdin and stdout of a process. A process has one pair of pipes, so several calls are sent at once.</summary>
sealed class StdioCaller(Stream input, Stream output, int atOnce) : ICaller
{
    static readonly byte[] Call = Encoding.UTF8.GetBytes(Messages.Call + "\n");

    readonly byte[] _answers = new byte[256 * 1024];

    /// <summary>Opens the session.</summary>
    public async Task OpenAsync()
    {
        await input.WriteAsync(Encoding.UTF8.GetBytes(Messages.Initialize + "\n"));
        await input.FlushAsync();
        await ReadLinesAsync(1, check: false);
        await input.WriteAsync(Encoding.UTF8.GetBytes(Messages.Initialized + "\n"));
        await input.FlushAsync();
    }

    /// <inheritdoc/>
    public async Task CallAsync(int times)
    {
        for (var left = times; left > 0;)
        {
            var now = Math.Min(left, atOnce);
            for (var i = 0; i < now; i++)
                await input.WriteAsync(Call);
            await input.FlushAsync();
            await ReadLinesAsync(now, check: true);
            left -= now;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    async Task ReadLinesAsync(int lines, bool check)
    {
        var (length, seen, results) = (0, 0, 0);
        while (seen < lines)
        {
            var read = await output.ReadAsync(_answers.AsMemory(length));
            if (read == 0)
                throw new IOException("The server closed its output.");
            seen += _answers.AsSpan(length, read).Count((byte)'\n');
            length += read;
        }
        for (var rest = _answers.AsSpan(0, length); rest.IndexOf(Messages.Result) is >= 0 and var at; rest = rest[(at + 1)..])
            results++;
        if (check && results != lines)
            throw new InvalidOperationException($"{lines} calls, {results} results: {Encoding.UTF8.GetString(_answers, 0, length)}");
    }
}
