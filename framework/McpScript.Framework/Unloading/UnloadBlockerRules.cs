using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace McpScript.Unloading;

/// <summary>Finds uses in a plugin's code that are known to keep a load context in memory.</summary>
/// <remarks>The list holds uses that were measured (docs/hot-reload.md). A finding is a likely reason, not a proof.</remarks>
static class UnloadBlockerRules
{
    static readonly ImmutableArray<string> BackgroundCures =
    [
        "McpScript.IPluginBuilder::get_Retiring", "McpScript.IPluginBuilder::get_Unloading", "McpScript.IPluginBuilder::OnLive",
        "McpScript.IPluginBuilder::OnUnload",
    ];

    /// <summary>All known uses, the most likely reason first.</summary>
    public static ImmutableArray<UnloadBlocker> Known { get; } =
    [
        new("System.Threading.Timer", ".ctor", "a System.Threading.Timer; dispose it in mcp.OnUnload", "MCS701")
        {
            Cures = ["System.Threading.Timer::Dispose"], CuredByUsing = true,
        },
        new("System.Timers.Timer", ".ctor", "a System.Timers.Timer; dispose it in mcp.OnUnload", "MCS701")
        {
            Cures = ["System.Timers.Timer::Dispose", "System.Timers.Timer::Close", "System.ComponentModel.Component::Dispose"], CuredByUsing = true,
        },
        new("System.Threading.PeriodicTimer", ".ctor", "a PeriodicTimer loop; end it by mcp.Retiring", "MCS702") { Cures = BackgroundCures },
        new("System.Threading.Thread", ".ctor", "a thread of its own; end it by mcp.Retiring", "MCS702") { Cures = BackgroundCures },
        new("System.AppDomain", "add_", "a subscription to an AppDomain event; unsubscribe in mcp.OnUnload", "MCS703")
        {
            Cures = ["System.AppDomain::remove_"],
        },
        new(
            "System.Threading.Tasks.TaskScheduler", "add_UnobservedTaskException",
            "a subscription to UnobservedTaskException; unsubscribe in mcp.OnUnload", "MCS703")
        {
            Cures = ["System.Threading.Tasks.TaskScheduler::remove_UnobservedTaskException"],
        },
        new("System.Console", "add_CancelKeyPress", "a subscription to Console.CancelKeyPress; unsubscribe in mcp.OnUnload", "MCS703")
        {
            Cures = ["System.Console::remove_CancelKeyPress"],
        },
        new("System.Runtime.InteropServices.PosixSignalRegistration", "Create", "a PosixSignalRegistration; dispose it in mcp.OnUnload", "MCS704")
        {
            Cures = ["System.Runtime.InteropServices.PosixSignalRegistration::Dispose"], CuredByUsing = true,
        },
        new("System.Runtime.InteropServices.GCHandle", "Alloc", "a GCHandle; free it in mcp.OnUnload", "MCS705")
        {
            Cures = ["System.Runtime.InteropServices.GCHandle::Free"],
        },
        new("System.Threading.ThreadPool", "RegisterWaitForSingleObject", "a registered wait; unregister it in mcp.OnUnload", "MCS706")
        {
            Cures = ["System.Threading.RegisteredWaitHandle::Unregister"],
        },
        new(
            "ModelContextProtocol.Server.McpServer", "ElicitAsync",
            "server.ElicitAsync<T>(…) without options; pass RequestOptions with JsonSerializerOptions of your own, or ask with a schema", "MCS707")
        {
            WithoutOptions = true,
        },
        new("System.Threading.Tasks.Task", "Run", "a background task that does not end; end it by mcp.Retiring"),
        new("System.Threading.Tasks.TaskFactory", "StartNew", "a background task that does not end; end it by mcp.Retiring"),
    ];

    /// <summary>Returns the advice for all known uses in an assembly, the most likely reason first; empty if there are none.</summary>
    public static IReadOnlyList<string> Find(ReadOnlyMemory<byte> assembly)
    {
        var used = Uses(assembly);
        // A use that the code also ends somewhere is a less likely reason.
        return
        [
            .. Known.Where(known => used.Any(member => IsUse(known, member))).Concat(StaticEvents(used))
                .OrderBy(known => IsCured(known, used)).Select(known => known.Advice).Distinct(),
        ];
    }

    /// <summary>Returns the known uses in a library, without the fixes, which only the library's author can apply.</summary>
    public static IReadOnlyList<string> FindInLibrary(ReadOnlyMemory<byte> assembly)
    {
        var used = Uses(assembly);
        return
        [
            .. Known.Where(known => known.Code is not null && used.Any(member => IsUse(known, member))).Concat(StaticEvents(used))
                .OrderBy(known => IsCured(known, used)).Select(known => known.Advice.Split(';')[0]).Distinct(),
        ];
    }

    /// <summary>
    /// Returns the rule for a subscription to any static event of .NET, the SDK or the host: it keeps its subscribers for the life of the process. Null for
    /// other members.
    /// </summary>
    public static UnloadBlocker? StaticEvent(MemberName member)
    {
        if (!member.IsStatic || !member.Name.StartsWith("add_", StringComparison.Ordinal))
            return null;
        var name = member.Name[4..];
        return new(member.Type, member.Name, $"a subscription to the static event {member.Type}.{name}; unsubscribe in mcp.OnUnload", "MCS703")
        {
            Cures = [$"{member.Type}::remove_{name}"],
        };
    }

    static IEnumerable<UnloadBlocker> StaticEvents(HashSet<MemberName> used) =>
        used.Select(StaticEvent).OfType<UnloadBlocker>()
            .Where(pin => !Known.Any(known => known.Type == pin.Type && pin.Member.StartsWith(known.Member, StringComparison.Ordinal)));

    static bool IsUse(UnloadBlocker known, MemberName member) => member.Is(known.Type, known.Member) && (!known.WithoutOptions || member.IsGeneric);

    static bool IsCured(UnloadBlocker known, HashSet<MemberName> used) =>
        known.Cures.Any(cure => cure.Split("::") is [var type, var name] && used.Any(member => member.Is(type, name)));

    static HashSet<MemberName> Uses(ReadOnlyMemory<byte> assembly)
    {
        using var stream = new MemoryStream(assembly.ToArray(), writable: false);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(handle => MemberName.Of(metadata, handle)).OfType<MemberName>()];
    }
}
