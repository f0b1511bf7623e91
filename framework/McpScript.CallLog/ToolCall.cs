using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.CallLog;

/// <summary>One finished tool call, as data. Holds host types and text only, so that it keeps no plugin in memory.</summary>
public sealed record ToolCall
{
    readonly int? _resultLength;

    /// <summary>Time of its end, with the local offset.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The tool's name, as the client sent it.</summary>
    public required string Tool { get; init; }

    /// <summary>The arguments, in the client's order.</summary>
    public ImmutableArray<KeyValuePair<string, JsonElement>> Params { get; init; } = [];

    /// <summary>The answer or the error as text; possibly only its beginning.</summary>
    public string Result { get; init; } = "";

    /// <summary>The length of the complete answer; greater than that of <see cref="Result"/> if only the beginning was kept.</summary>
    public int ResultLength
    {
        get => _resultLength ?? Result.Length;
        init => _resultLength = value;
    }

    /// <summary>True if the tool answered, and not with an error.</summary>
    public required bool Ok { get; init; }

    /// <summary>The kind of failure.</summary>
    public CallErrorKind Error { get; init; }

    /// <summary>The duration of the call; null if it was not measured.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The plugin that served it; null for the host's own tools and for calls that reached no plugin.</summary>
    public string? Plugin { get; init; }

    /// <summary>The beginning of the session id. Never the complete id, which gives access to the session.</summary>
    public string? Session { get; init; }

    /// <summary>The authenticated caller; null for an anonymous one.</summary>
    public string? Principal { get; init; }

    /// <summary>The client's name and version, as reported by the client; null if unknown.</summary>
    public string? Client { get; init; }

    /// <summary>The JSON-RPC id of the request, by which a client can find its call.</summary>
    public string? RequestId { get; init; }

    /// <summary>True if a <see cref="Redaction"/> has been applied.</summary>
    public bool IsRedacted { get; internal init; }
}
