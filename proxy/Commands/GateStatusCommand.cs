using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy gate status</c>: the groups, to whom they are open, and who was held back.</summary>
sealed class GateStatusCommand() : ClientCommand("status", "Show the groups, to whom they are open, and who was held back.")
{
    /// <inheritdoc/>
    protected override Task<(JsonObject Body, bool Ok)> AskAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken) =>
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
            Console.WriteLine($"held back: {Who(blocked!["caller"]!)} at tool '{blocked["tool"]}'. To let it in: mcp-proxy gate unlock {blocked["group"]} {blocked["option"]}".TrimEnd());
    }

    static void Show(JsonNode group)
    {
        Console.WriteLine($"{group["group"]}: {(Texts(group["tools"]) is { Count: > 0 } tools ? string.Join(", ", tools) : "(guards no tool)")}");
        foreach (var open in (JsonArray)group["open"]!)
            Console.WriteLine($"  open to {Who(open!["for"]!)}, locks in {open["locks_in"]} s");
        foreach (var locked in (JsonArray)group["locked_out"]!)
            Console.WriteLine($"  {locked!["who"]} locked out for {locked["seconds"]} s");
        if (group["trouble"] is { } trouble)
            Console.WriteLine($"  no code is taken: {trouble}");
    }

    static string Who(JsonNode holder) => $"{holder["kind"]} {holder["id"]}".TrimEnd();
}
