using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Http.Requests;

/// <summary>Checks that the Mcp-Param-* headers of a tool call match its arguments.</summary>
static class ParamHeaders
{
    // The largest integer that every JSON parser reads exactly.
    const decimal MaxSafeInteger = 9_007_199_254_740_991;

    // Schemas do not change, so each is searched once. The table does not keep the tools of an unloaded plugin alive.
    static readonly ConditionalWeakTable<McpServerTool, StrongBox<ImmutableArray<ParamHeader>>> Mirrored = [];

    /// <summary>Returns the first mismatch; null if there is none.</summary>
    public static Rejection? Refuse(IHeaderDictionary headers, JsonRpcRequest request, McpServerPrimitiveCollection<McpServerTool>? tools)
    {
        if (request.Method != RequestMethods.ToolsCall || MessageFields.ParamsOf(request) is not { } parameters
            || MessageFields.Text(parameters, "name") is not { } name || tools is null || !tools.TryGetPrimitive(name, out var tool))
            return null;
        foreach (var mirrored in Mirrored.GetValue(tool, static tool => new(ParamHeader.Of(tool))).Value)
            if (Refuse(headers, mirrored, mirrored.ValueIn(MessageFields.Object(parameters, "arguments"))) is { } rejection)
                return rejection;
        return null;
    }

    static Rejection? Refuse(IHeaderDictionary headers, ParamHeader mirrored, JsonNode? argument)
    {
        var given = headers.TryGetValue(mirrored.Header, out var declared);
        if (!given)
            return argument is null
                ? null
                : Rejection.HeaderMismatch($"The {mirrored.Header} header is missing for argument '{string.Join('.', mirrored.Path)}'.");
        if (RoutingHeaders.Decode(declared.ToString().Trim()) is not { } text)
            return Rejection.HeaderMismatch($"The {mirrored.Header} header must be plain ASCII or =?base64?...?= of UTF-8.");
        return Matches(text, argument, mirrored.IsInteger)
            ? null
            : Rejection.HeaderMismatch(
                $"The {mirrored.Header} header and argument '{string.Join('.', mirrored.Path)}' differ, or are no integers that JSON can carry exactly.");
    }

    static bool Matches(string text, JsonNode? argument, bool isInteger) => argument?.GetValueKind() switch
    {
        JsonValueKind.String => text == argument.GetValue<string>(),
        JsonValueKind.True => text == "true",
        JsonValueKind.False => text == "false",
        JsonValueKind.Number when isInteger => SafeInteger(text) is { } number && number == SafeInteger(argument.ToJsonString()),
        JsonValueKind.Number => text == argument.ToJsonString(),
        _ => false,
    };

    // "42", "42.0" and "4.2e1" are the same number.
    static decimal? SafeInteger(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && decimal.IsInteger(number) && Math.Abs(number) <= MaxSafeInteger
            ? number
            : null;
}
