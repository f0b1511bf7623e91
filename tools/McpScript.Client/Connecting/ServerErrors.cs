using System.Net;
using System.Net.Sockets;
using McpScript.Client.Errors;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>Converts exceptions of the SDK, the network and the server's process to errors for the user.</summary>
static class ServerErrors
{
    const string SdkPrefix = "Request failed (remote): ";

    /// <summary>Converts the exception of a request.</summary>
    public static UserError From(Exception e, ServerTarget target) => e switch
    {
        UserError error => error,
        UrlElicitationRequiredException required => new("The server requires you to open a page in a browser first.",
            [.. required.Elicitations.Select(each => $"{each.Message}: {each.Url}")], "Open it, then try again."),
        McpProtocolException refused => new("The server refused.",
            [$"{Plain(refused.Message)} ({(int)refused.ErrorCode}, {refused.ErrorCode})"], Cure(refused.ErrorCode)),
        ClientTransportClosedException closed => FromClose(closed.Details, target),
        McpException other => new("The request failed.", [Plain(other.Message)]),
        HttpRequestException http => new($"{target} did not answer.", [Reason(http)], Cure(http, target)),
        OperationCanceledException => new("Cancelled.", []),
        _ => new($"The connection to {target} failed.", [.. Reasons(e)], target.Cure),
    };

    /// <summary>Converts the exception of connecting.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="target">The server.</param>
    /// <param name="protocol">The protocol revision that was required; null for any.</param>
    public static UserError FromConnect(Exception e, ServerTarget target, string? protocol) => e switch
    {
        UserError error => error,
        HttpRequestException http => new($"Cannot connect to {target}.", [Reason(http)], Cure(http, target)),
        ClientTransportClosedException { Details: StdioClientCompletionDetails program } =>
            new($"Cannot connect to {target}.", [.. ExitReasons(program)], target.Cure),
        McpException when protocol is not null => new($"Cannot connect to {target} with protocol {protocol}.",
            [.. Reasons(e)], "Leave out --protocol to use the newest revision that both sides support."),
        _ => new($"Cannot connect to {target}.", [.. Reasons(e)], Inner<HttpRequestException>(e) is { } http ? Cure(http, target) : target.Cure),
    };

    /// <summary>Creates the error for a connection that was closed.</summary>
    public static UserError FromClose(ClientCompletionDetails end, ServerTarget target) => end switch
    {
        StdioClientCompletionDetails program => new($"The server has ended: {target}",
            [.. ExitReasons(program)], "'reconnect' starts it again."),
        HttpClientCompletionDetails { HttpStatusCode: HttpStatusCode.NotFound } => new("The session is over.",
            ["the server no longer knows it: it was restarted, or has ended the session"], "'reconnect' begins a new one."),
        _ => new($"The connection to {target} is lost.",
            [.. end.Exception is null ? ["the server has closed it"] : Reasons(end.Exception)], "'reconnect' connects again."),
    };

    /// <summary>Returns true if the server or the session no longer exists, so that reconnecting may help.</summary>
    public static bool IsConnectionLost(Exception e) => e is not McpException
        && (e is IOException || e is HttpRequestException { StatusCode: null or HttpStatusCode.NotFound } || Inner<SocketException>(e) is not null);

    static IEnumerable<string> ExitReasons(StdioClientCompletionDetails program) =>
    [
        $"the program ended; its exit code was {program.ExitCode?.ToString() ?? "not reported"}",
        .. (program.StandardErrorTail ?? []).TakeLast(5).Select(line => $"it wrote: {line}"),
    ];

    static string Reason(HttpRequestException e) => e.StatusCode switch
    {
        HttpStatusCode.Unauthorized => "it requires a token (401 Unauthorized)",
        HttpStatusCode.Forbidden => "it denies access (403 Forbidden)",
        HttpStatusCode.NotFound => "there is no MCP endpoint at this path (404 Not Found)",
        { } code => $"it answered {(int)code} {code}",
        null => Inner<SocketException>(e)?.Message ?? Plain(e.Message),
    };

    static string Cure(HttpRequestException e, ServerTarget target) => e.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "Give a token that it accepts: --token T, or MCP_CLIENT_TOKEN in the environment.",
        HttpStatusCode.NotFound => "Give the whole URL; the path is often /mcp.",
        _ => target.Cure,
    };

    static string? Cure(McpErrorCode code) => code switch
    {
        McpErrorCode.MissingRequiredClientCapability =>
            "It needs input from the user: run mcp-client in a terminal, where it can prompt you. If it needs roots, give --root.",
        McpErrorCode.ResourceNotFound => "'resources' lists the resources.",
        _ => null,
    };

    static IEnumerable<string> Reasons(Exception e)
    {
        var seen = new HashSet<string>();
        for (Exception? each = e; each is not null; each = each is AggregateException { InnerExceptions: [var first, ..] } ? first : each.InnerException)
            if (each is not AggregateException && seen.Add(Plain(each.Message)))
                yield return each is HttpRequestException http ? Reason(http) : Plain(each.Message);
    }

    static T? Inner<T>(Exception? e) where T : Exception => e switch
    {
        null => null,
        T found => found,
        AggregateException many => many.InnerExceptions.Select(Inner<T>).FirstOrDefault(found => found is not null),
        _ => Inner<T>(e.InnerException),
    };

    // Removes the prefix that the SDK adds to the server's message.
    static string Plain(string message) => message.StartsWith(SdkPrefix, StringComparison.Ordinal) ? message[SdkPrefix.Length..] : message;
}
