using System.Runtime.CompilerServices;
using McpScript.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace McpScript.Framework.Tests.Http;

/// <summary>Waits for conditions without a signal.</summary>
static class Until
{
    public static Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") => Poll.UntilAsync(condition, what);

    public static bool GetEndpointMetadataAllowsAnyone(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
