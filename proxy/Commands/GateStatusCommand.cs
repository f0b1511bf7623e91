using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy gate status</c>: the groups, the callers for which they are unlocked, and the callers that were blocked.</summary>
sealed class GateStatusCommand() : ManagementCommand("status", "Show the groups, the callers for which they are unlocked, and the callers that were blocked.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
        proxy.GetAsync("/proxy/gate", cancellationToken);

    /// <inheritdoc/>
    protected override void Show(JsonObject body, ParseResult parsed)
    {
        if (!body["enabled"]!.GetValue<bool>())
            Console.WriteLine("The gate is off.");
        foreach (var group in (JsonArray)body["groups"]!)
            Show(group!);
        if (((JsonArray)body["groups"]!).Count == 0)
            Console.WriteLine("(no groups)");
        foreach (var blocked in (JsonArray)body["blocked"]!)
        {
            var unlock = $"mcp-proxy gate unlock {blocked!["group"]} {blocked["option"]}".TrimEnd();
            Console.WriteLine($"blocked: {Caller(blocked["caller"]!)} at tool '{blocked["tool"]}'. To unlock the group for it: {unlock}");
        }
    }

    static void Show(JsonNode group)
    {
        Console.WriteLine($"{group["group"]}: {(Texts(group["tools"]) is { Count: > 0 } tools ? string.Join(", ", tools) : "(guards no tool)")}");
        foreach (var open in (JsonArray)group["open"]!)
            Console.WriteLine($"  open to {Caller(open!["for"]!)}, locks in {open["locks_in"]} s");
        foreach (var locked in (JsonArray)group["locked_out"]!)
            Console.WriteLine($"  {locked!["who"]} locked out for {locked["seconds"]} s");
        if (group["trouble"] is { } trouble)
            Console.WriteLine($"  no code is accepted: {trouble}");
    }

    static string Caller(JsonNode holder) => $"{holder["kind"]} {holder["id"]}".TrimEnd();
}
