using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Protocol;

/// <summary>
/// Repairs an error of the MCP SDK 2.4.0: content with annotations and links with icons can be neither sent (servers answer -32603) nor read by clients.
/// </summary>
/// <remarks>
/// The SDK's converter of content derives options from those of its JSON context by adding the same context again, which System.Text.Json rejects. It keeps the
/// derived options in a private cache, so valid ones are put there first. SdkContentTests fails when a version of the SDK has no such cache, or no such error.
/// </remarks>
static class SdkContent
{
    /// <summary>True if this version of the SDK has the private cache that the repair needs.</summary>
    public static bool IsRepaired { get; } = TryRepair();

    /// <summary>Repairs the SDK, once for the process. Must be called before content is sent or read.</summary>
    public static void Repair() => RuntimeHelpers.RunClassConstructor(typeof(SdkContent).TypeHandle);

    static bool TryRepair()
    {
        var field = typeof(ContentBlock).GetNestedType("Converter", BindingFlags.Public | BindingFlags.NonPublic)
            ?.GetField("s_nestedOptions", BindingFlags.Static | BindingFlags.NonPublic);
        if (field?.GetValue(null) is not ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> derived)
            return false;
        foreach (var context in McpJsonUtilities.DefaultOptions.TypeInfoResolverChain.OfType<JsonSerializerContext>())
            derived.AddOrUpdate(context.Options, McpJsonUtilities.DefaultOptions);
        return true;
    }
}
