using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>Sends the user to an unlock page (elicitation by URL), so that the model never sees the code.</summary>
sealed class PageRequest(Gate gate, GateCaller caller, string group)
{
    // Shorter than the call timeout of common clients.
    static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(45);

    /// <summary>Opens a page, and returns the result.</summary>
    public async Task<GateAnswer> ElicitAsync(McpServer server, CancellationToken cancellationToken)
    {
        if (!gate.Groups.TryGetValue(group, out var settings))
            return new(GateOutcome.UnknownGroup, GateTexts.UnknownGroup(group, gate.Groups.Keys));
        if (server.ClientCapabilities?.Elicitation?.Url is null || await gate.Pages.Address.WaitAsync(cancellationToken) is not { } address)
        {
            var problem = $"The code is missing. Ask the user for the {Totp.Of(settings).InWords} that the authenticator shows";
            return new(GateOutcome.NotPossible, $"{problem}: gate_unlock(group='{group}', code='<totp>').");
        }
        var page = gate.Pages.Open(caller, group, GateTexts.Plain(server.ClientInfo?.Name ?? "a client"));
        var answer = await server.ElicitAsync(new ElicitRequestParams
        {
            Mode = "url",
            ElicitationId = Guid.NewGuid().ToString("N"),
            Url = new Uri(address, page.Nonce).AbsoluteUri,
            Message = $"Enter the one-time code that unlocks the tools of group '{group}'.",
        }, cancellationToken);
        if (!answer.IsAccepted)
            return new(GateOutcome.NotPossible, $"The user did not open the page, so group '{group}' stays locked.");
        await page.Used.WaitAsync(MaxWait, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return page.Used.IsCompleted
            ? new(GateOutcome.Done, $"Group '{group}' unlocked.")
            : new(
                GateOutcome.NotPossible,
                $"No code was entered yet. The page stays open for five minutes; gate_status() shows when group '{group}' is unlocked.");
    }
}
