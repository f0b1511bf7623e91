using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>One finished tool call, as data: host types and text only, so that keeping it keeps no plugin alive.</summary>
public sealed record ToolCall
{
    readonly int? _resultLength;

    /// <summary>When it was finished, with the local offset.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The tool's name, as the client wrote it.</summary>
    public required string Tool { get; init; }

    /// <summary>The arguments, in the client's order.</summary>
    public ImmutableArray<KeyValuePair<string, JsonElement>> Params { get; init; } = [];

    /// <summary>The answer as text, or what went wrong; perhaps only its beginning.</summary>
    public string Result { get; init; } = "";

    /// <summary>How long the whole answer is; more than <see cref="Result"/> has if only the beginning was kept.</summary>
    public int ResultLength
    {
        get => _resultLength ?? Result.Length;
        init => _resultLength = value;
    }

    /// <summary>True if the tool answered, and not with an error.</summary>
    public required bool Ok { get; init; }

    /// <summary>What kind of failure it was.</summary>
    public CallErrorKind Error { get; init; }

    /// <summary>How long it took; null if nobody measured.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The plugin that served it; null for the host's own tools and for calls that reached none.</summary>
    public string? Plugin { get; init; }

    /// <summary>Tells sessions apart; not the whole id, which opens the session to whoever knows it.</summary>
    public string? Session { get; init; }

    /// <summary>The authenticated caller.</summary>
    public string? Principal { get; init; }

    /// <summary>The client's name and version, as it says; null if it does not.</summary>
    public string? Client { get; init; }

    /// <summary>The request's JSON-RPC id, by which a client finds its call.</summary>
    public string? RequestId { get; init; }

    /// <summary>True once a <see cref="Redaction"/> has gone over it.</summary>
    public bool IsRedacted { get; internal init; }
}
