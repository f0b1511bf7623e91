using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>A tool without a .NET method: a name, an input schema, and a handler that receives the call.</summary>
sealed class SchemaFunction : AIFunction
{
    readonly Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> _handler;

    public SchemaFunction(
        string name, string description, string inputSchema, Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> handler)
    {
        (Name, Description, JsonSchema, _handler) = (name, description, Parse(name, inputSchema), handler);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; }

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        // The SDK passes the request as a service of the arguments.
        await _handler(
            (RequestContext<CallToolRequestParams>)arguments.Services!.GetService(typeof(RequestContext<CallToolRequestParams>))!, cancellationToken);

    static JsonElement Parse(string name, string inputSchema)
    {
        JsonElement schema;
        try
        {
            using var document = JsonDocument.Parse(inputSchema);
            schema = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The input schema of tool '{name}' is not JSON: {e.Message}", nameof(inputSchema), e);
        }
        var isObject = schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object");
        return isObject
            ? schema
            : throw new ArgumentException($"The input schema of tool '{name}' must have \"type\": \"object\" (MCP, server/tools).", nameof(inputSchema));
    }
}
