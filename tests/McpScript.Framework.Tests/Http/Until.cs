using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace McpScript.Framework.Tests.Http;

/// <summary>Waits for what no signal tells of.</summary>
static class Until
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Door.Patience);
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    public static bool GetEndpointMetadataAllowsAnyone(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
