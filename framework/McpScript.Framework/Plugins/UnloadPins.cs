using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace McpScript.Plugins;

/// <summary>Looks through a plugin's code for what is known to keep a load context alive, to name the likely culprit.</summary>
/// <remarks>The list is what was measured to pin (docs/hot-reload.md); a finding is a suspicion, not a proof.</remarks>
static class UnloadPins
{
    static readonly ImmutableArray<(string Type, string Member, string Advice)> Known =
    [
        ("System.Threading.Timer", ".ctor", "a System.Threading.Timer; dispose it in mcp.OnUnload"),
        ("System.Timers.Timer", ".ctor", "a System.Timers.Timer; dispose it in mcp.OnUnload"),
        ("System.Threading.PeriodicTimer", ".ctor", "a PeriodicTimer loop; end it by mcp.Retiring"),
        ("System.Threading.Thread", ".ctor", "a thread of its own; end it by mcp.Retiring"),
        ("System.AppDomain", "add_", "a subscription to an AppDomain event; unsubscribe in mcp.OnUnload"),
        ("System.Threading.Tasks.TaskScheduler", "add_UnobservedTaskException", "a subscription to UnobservedTaskException; unsubscribe in mcp.OnUnload"),
        ("System.Console", "add_CancelKeyPress", "a subscription to Console.CancelKeyPress; unsubscribe in mcp.OnUnload"),
        ("System.Runtime.InteropServices.PosixSignalRegistration", "Create", "a PosixSignalRegistration; dispose it in mcp.OnUnload"),
        ("System.Runtime.InteropServices.GCHandle", "Alloc", "a GCHandle; free it in mcp.OnUnload"),
        ("System.Threading.ThreadPool", "RegisterWaitForSingleObject", "a registered wait; unregister it in mcp.OnUnload"),
        ("System.Threading.Tasks.Task", "Run", "a background task that does not end; end it by mcp.Retiring"),
        ("System.Threading.Tasks.TaskFactory", "StartNew", "a background task that does not end; end it by mcp.Retiring"),
    ];

    /// <summary>The suspicions about an assembly, most likely first; empty when nothing known is used.</summary>
    public static IReadOnlyList<string> Find(ReadOnlyMemory<byte> assembly)
    {
        using var stream = new MemoryStream(assembly.ToArray(), writable: false);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var used = metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle))
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Type: NameOf(metadata, (TypeReferenceHandle)member.Parent), Member: metadata.GetString(member.Name)))
            .ToHashSet();
        return [.. Known.Where(known => used.Any(member => member.Type == known.Type && member.Member.StartsWith(known.Member, StringComparison.Ordinal))).Select(known => known.Advice)];
    }

    static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
