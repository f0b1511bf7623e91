using System.Security.Claims;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests;

/// <summary>Requests as filters get them, without a client and without a transport.</summary>
static class TestRequest
{
    /// <summary>A call of a tool.</summary>
    /// <param name="tool">Name of the tool.</param>
    /// <param name="arguments">JSON object with the arguments; null for none.</param>
    /// <param name="principal">Authenticated caller; null for an anonymous one.</param>
    /// <param name="client">Name of the client; null if it does not say.</param>
    public static RequestContext<CallToolRequestParams> Call(string tool, string? arguments = null, string? principal = null, string? client = null) =>
        Of(new CallToolRequestParams { Name = tool, Arguments = arguments is null ? null : Arguments(arguments) }, principal, client);

    /// <summary>A request with these parameters.</summary>
    public static RequestContext<T> Of<T>(T parameters, string? principal = null, string? client = null) where T : RequestParams =>
        new(new SilentServer(client), new JsonRpcRequest { Method = "test", Id = new(1) }, parameters)
        {
            User = principal is null ? null : new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", principal)], "test")),
        };

    /// <summary>The members of a JSON object as arguments.</summary>
    public static Dictionary<string, JsonElement> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
