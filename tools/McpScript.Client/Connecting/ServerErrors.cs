using System.Net;
using System.Net.Sockets;
using McpScript.Client.Errors;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace McpScript.Client.Connecting;

/// <summary>Says what went wrong, so that somebody can do something about it.</summary>
static class ServerErrors
{
    /// <summary>Of anything that was asked of a server.</summary>
    public static UserError From(Exception e, ServerTarget target) => e switch
    {
        UserError complaint => complaint,
        UrlElicitationRequiredException wanted => new("The server wants you to open a page in a browser first.",
            [.. wanted.Elicitations.Select(each => $"{each.Message}: {each.Url}")], "Open it, then try again."),
        McpProtocolException refused => new("The server refused.", [$"{Plain(refused.Message)} ({(int)refused.ErrorCode}, {refused.ErrorCode})"], Cure(refused.ErrorCode)),
        ClientTransportClosedException closed => FromClose(closed.Details, target),
        McpException other => new("The server could not do it.", [Plain(other.Message)]),
        HttpRequestException http => new($"{target} did not answer.", [Reason(http)], Cure(http, target)),
        OperationCanceledException => new("Cancelled.", []),
        _ => new($"The connection to {target} failed.", [.. Reasons(e)], target.Cure),
    };

    /// <summary>Of connecting.</summary>
    public static UserError FromConnect(Exception e, ServerTarget target, string? protocol) => e switch
    {
        UserError complaint => complaint,
        HttpRequestException http => new($"Cannot connect to {target}.", [Reason(http)], Cure(http, target)),
        ClientTransportClosedException { Details: StdioClientCompletionDetails program } => new($"Cannot connect to {target}.", [.. HowItEnded(program)], target.Cure),
        McpException when protocol is not null => new($"Cannot connect to {target} with protocol {protocol}.", [.. Reasons(e)], "Leave out --protocol to take the newest revision that both know."),
        _ => new($"Cannot connect to {target}.", [.. Reasons(e)], Inner<HttpRequestException>(e) is { } http ? Cure(http, target) : target.Cure),
    };

    /// <summary>Of a server that has gone.</summary>
    public static UserError FromClose(ClientCompletionDetails end, ServerTarget target) => end switch
    {
        StdioClientCompletionDetails program => new($"The server has ended: {target}",
            [.. HowItEnded(program)], "'reconnect' starts it again."),
        HttpClientCompletionDetails { HttpStatusCode: HttpStatusCode.NotFound } => new("The session is over.",
            ["the server does not know it any more: it was restarted, or has ended the session"], "'reconnect' begins a new one."),
        _ => new($"The connection to {target} is lost.", [.. end.Exception is null ? ["the server has closed it"] : Reasons(end.Exception)], "'reconnect' connects again."),
    };

    /// <summary>True if the server or the session is not there any more, so that it helps to connect again.</summary>
    public static bool IsConnectionLost(Exception e) => e is not McpException && (e is IOException || e is HttpRequestException { StatusCode: null or HttpStatusCode.NotFound } || Inner<SocketException>(e) is not null);

    static IEnumerable<string> HowItEnded(StdioClientCompletionDetails program) =>
        [$"the program ended; its exit code was {program.ExitCode?.ToString() ?? "not told"}", .. (program.StandardErrorTail ?? []).TakeLast(5).Select(line => $"it wrote: {line}")];

    static string Reason(HttpRequestException e) => e.StatusCode switch
    {
        HttpStatusCode.Unauthorized => "it wants a token (401 Unauthorized)",
        HttpStatusCode.Forbidden => "it refuses us (403 Forbidden)",
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
        McpErrorCode.MissingRequiredClientCapability => "It wants to ask something: run mcp-client in a terminal, where you can be asked, or give --root.",
        McpErrorCode.ResourceNotFound => "'resources' lists what there is.",
        _ => null,
    };

    static IEnumerable<string> Reasons(Exception e)
    {
        var said = new HashSet<string>();
        for (Exception? each = e; each is not null; each = each is AggregateException { InnerExceptions: [var first, ..] } ? first : each.InnerException)
            if (each is not AggregateException && said.Add(Plain(each.Message)))
                yield return each is HttpRequestException http ? Reason(http) : Plain(each.Message);
    }

    static T? Inner<T>(Exception? e) where T : Exception => e switch
    {
        null => null,
        T found => found,
        AggregateException many => many.InnerExceptions.Select(Inner<T>).FirstOrDefault(found => found is not null),
        _ => Inner<T>(e.InnerException),
    };

    // The SDK puts its own words before the server's.
    static string Plain(string message) => message.StartsWith("Request failed (remote): ", StringComparison.Ordinal) ? message["Request failed (remote): ".Length..] : message;
}
