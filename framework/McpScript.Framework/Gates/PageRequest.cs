using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Gates;

/// <summary>Has the client lead its user to a page of ours (elicitation by URL), so that the code goes past the model.</summary>
sealed class PageRequest(Gate gate, GateCaller caller, string group)
{
    // Less than clients wait for a call.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>What came of it.</summary>
    public async Task<GateAnswer> AskAsync(McpServer server, CancellationToken cancellationToken)
    {
        if (!gate.Groups.ContainsKey(group))
            return new(GateOutcome.UnknownGroup, GateTexts.UnknownGroup(group, gate.Groups.Keys));
        if (server.ClientCapabilities?.Elicitation?.Url is null || await gate.Pages.Address.WaitAsync(cancellationToken) is not { } address)
            return new(GateOutcome.NotPossible, $"The code is missing. Ask the user for the six digits that the authenticator shows: gate_unlock(group='{group}', code='<totp>').");
        var page = gate.Pages.Open(caller, group, GateTexts.Plain(server.ClientInfo?.Name ?? "a client"));
        var answer = await server.ElicitAsync(new ElicitRequestParams
        {
            Mode = "url",
            ElicitationId = Guid.NewGuid().ToString("N"),
            Url = new Uri(address, page.Nonce).AbsoluteUri,
            Message = $"Give the one-time code that unlocks the tools of group '{group}'.",
        }, cancellationToken);
        if (!answer.IsAccepted)
            return new(GateOutcome.NotPossible, $"The user did not open the page, so group '{group}' stays locked.");
        await page.Used.WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return page.Used.IsCompleted
            ? new(GateOutcome.Done, $"Group '{group}' unlocked.")
            : new(GateOutcome.NotPossible, $"No code was given yet. The page stays open for five minutes; gate_status() tells when group '{group}' is unlocked.");
    }
}
