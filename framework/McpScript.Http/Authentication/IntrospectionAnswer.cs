using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Http.Authentication;

/// <summary>Parses an introspection response (RFC 7662, 2.2). Rejects everything that the RFC does not define.</summary>
static class IntrospectionAnswer
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Returns the token; null if it is not active.</summary>
    /// <param name="body">The body of the response.</param>
    /// <param name="fallbackSubject">The subject to use if the response names none.</param>
    /// <exception cref="JsonException">The body is not JSON, or not an introspection response; the message names the problem, but no value.</exception>
    public static AccessToken? Read(ReadOnlyMemory<byte> body, string fallbackSubject)
    {
        using var document = JsonDocument.Parse(body, Strict);
        var answer = document.RootElement;
        if (answer.ValueKind is not JsonValueKind.Object)
            throw new JsonException("it is no JSON object");
        if (Member(answer, "active")?.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw new JsonException("'active' is not true or false");
        if (!answer.GetProperty("active").GetBoolean())
            return null;
        RequireBearerToken(answer);
        var client = Text(answer, "client_id");
        return new()
        {
            Subject = Text(answer, "sub") ?? (client is null ? fallbackSubject : $"client:{client}"),
            ClientId = client,
            UserName = Text(answer, "username"),
            Scopes = [.. (Text(answer, "scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            Audiences = Audiences(answer),
            ExpiresAt = Time(answer, "exp"),
            NotBefore = Time(answer, "nbf"),
        };
    }

    // A token that is bound to a key is not a bearer token, and the proof of the key cannot be checked here.
    static void RequireBearerToken(JsonElement answer)
    {
        if (Member(answer, "cnf") is not null)
            throw new JsonException("the token is bound to a key ('cnf'), which cannot be checked here");
        if (Text(answer, "token_type") is { } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            && !type.Equals("access_token", StringComparison.OrdinalIgnoreCase))
            throw new JsonException("'token_type' is not Bearer");
    }

    static JsonElement? Member(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    static string? Text(JsonElement answer, string name) => Member(answer, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } some ? some : null,
        _ => throw new JsonException($"'{name}' is no text"),
    };

    static DateTimeOffset? Time(JsonElement answer, string name)
    {
        if (Member(answer, name) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is not (>= 0 and < 253_402_300_800))
            throw new JsonException($"'{name}' is no time in seconds");
        return DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor(seconds));
    }

    static ImmutableArray<string> Audiences(JsonElement answer)
    {
        if (Member(answer, "aud") is not { } audience)
            return [];
        if (audience.ValueKind is JsonValueKind.String)
            return [audience.GetString()!];
        if (audience.ValueKind is not JsonValueKind.Array || audience.EnumerateArray().Any(one => one.ValueKind is not JsonValueKind.String))
            throw new JsonException("'aud' is neither a text nor a list of texts");
        return [.. audience.EnumerateArray().Select(one => one.GetString()!)];
    }
}
