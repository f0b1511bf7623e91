using System.Text;
using System.Text.Json.Nodes;
using McpScript.Testing.Processes;

namespace McpScript.Testing.Protocol;

/// <summary>A client without an SDK over a pair of streams: one message per line.</summary>
public sealed class RawPipes : RawClient
{
    readonly Stream _up;
    readonly StreamReader _down;

    RawPipes(Stream up, Stream down, string revision) : base(revision) => (_up, _down) = (up, new StreamReader(down));

    /// <summary>Connects.</summary>
    public static async Task<RawPipes> ConnectAsync(Stream up, Stream down, string revision)
    {
        var client = new RawPipes(up, down, revision);
        await client.OpenAsync();
        return client;
    }

    /// <summary>Creates a client that has not initialized.</summary>
    public static RawPipes Unconnected(Stream up, Stream down) => new(up, down, Era.Sessions);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync() => await _up.DisposeAsync();

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<JsonObject> SendAsync(JsonObject message)
    {
        await _up.WriteAsync(Encoding.UTF8.GetBytes(message.ToJsonString() + "\n"));
        await _up.FlushAsync();
        if (message["id"] is not { } id)
            yield break;
        while (true)
        {
            var line = await _down.ReadLineAsync().WaitAsync(TestHost.Patience)
                ?? throw new EndOfStreamException($"The server ended without an answer to {id}.");
            var received = JsonNode.Parse(line)!.AsObject();
            yield return received;
            if (JsonNode.DeepEquals(received["id"], id) && received["method"] is null)
                yield break;
        }
    }
}
