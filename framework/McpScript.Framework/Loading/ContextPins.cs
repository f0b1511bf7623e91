using System.Collections;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Reflection;
using System.Runtime.Loader;

namespace McpScript.Loading;

/// <summary>
/// Removes the references from the framework to code of one load context that would keep the context in memory: libraries' handlers of process exit
/// run when the context ends.
/// </summary>
/// <remarks>
/// Libraries such as Microsoft.Data.Sqlite and SqlClient keep timers and subscriptions to <see cref="AppDomain.ProcessExit"/> that their users cannot end.
/// References to the plugin's own code stay and are reported, because its author can end them.
/// </remarks>
/// <param name="context">The context that is about to be unloaded.</param>
/// <param name="main">The plugin's own assembly.</param>
sealed class ContextPins(AssemblyLoadContext context, Assembly? main)
{
    const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    static readonly FrameworkStatics Statics = new();

    static readonly (object? Owner, Type Type, string Event, FieldInfo? Field, bool Runs)[] Events =
    [
        Event(AppDomain.CurrentDomain, typeof(AppDomain), "DomainUnload", runs: true),
        Event(AppDomain.CurrentDomain, typeof(AppDomain), "ProcessExit", runs: true),
        Event(null, typeof(AppContext), "UnhandledException"),
        Event(null, typeof(AppContext), "FirstChanceException"),
        Event(null, typeof(AssemblyLoadContext), "AssemblyLoad"),
        Event(null, typeof(AssemblyLoadContext), "AssemblyResolve"),
        Event(null, typeof(AssemblyLoadContext), "TypeResolve"),
        Event(null, typeof(AssemblyLoadContext), "ResourceResolve"),
        Event(AssemblyLoadContext.Default, typeof(AssemblyLoadContext), "Resolving", field: "_resolving"),
        Event(AssemblyLoadContext.Default, typeof(AssemblyLoadContext), "Unloading", field: "_unloading"),
        Event(null, typeof(TaskScheduler), "UnobservedTaskException"),
    ];

    static readonly Type? Queue = Statics.Type(typeof(Timer).Assembly, "System.Threading.TimerQueue");
    static readonly FieldInfo? Queues = Statics.Behind(Queue, "Instances");
    static readonly FieldInfo? QueueLock = Statics.Behind(Queue, "SharedLock");
    static readonly FieldInfo?[] FirstTimers = [Statics.Field(Queue, "_shortTimers"), Statics.Field(Queue, "_longTimers")];
    static readonly Type? Timer = Statics.Type(typeof(Timer).Assembly, "System.Threading.TimerQueueTimer");
    static readonly FieldInfo? NextTimer = Statics.Field(Timer, "_next");
    static readonly FieldInfo? Callback = Statics.Field(Timer, "_timerCallback");

    static readonly FieldInfo? Meters = Statics.Field(typeof(Meter), "s_allMeters");
    static readonly FieldInfo? Instruments = Statics.Field(typeof(Meter), "_instruments");
    static readonly FieldInfo? MeterLock = Statics.Behind(typeof(Instrument), "SyncObject");
    static readonly FieldInfo? MeterListeners = Statics.Field(typeof(MeterListener), "s_allStartedListeners");
    static readonly FieldInfo? ActivityListeners = Statics.Field(typeof(ActivitySource), "s_allListeners");
    static readonly FieldInfo? Proxies = Statics.Field(
        Statics.Type(typeof(DispatchProxy).Assembly, "System.Reflection.DispatchProxyGenerator"), "s_alcProxyAssemblyMap");

    static readonly FieldInfo? Fsharp = Statics.Field(
        Statics.Type(typeof(System.Text.Json.JsonSerializer).Assembly, "System.Text.Json.Serialization.Metadata.FSharpCoreReflectionProxy"),
        "s_singletonInstance");

    /// <summary>Names of private members that this version of the framework does not have.</summary>
    public static IReadOnlyList<string> NotFound => Statics.NotFound;

    /// <summary>Removes all references; an exception in one step does not prevent the others.</summary>
    /// <returns>The exceptions that were thrown.</returns>
    public IReadOnlyList<Exception> Release()
    {
        var failures = new List<Exception>();
        foreach (var end in TakeHandlers())
            Try(end, failures);
        foreach (var release in (Action[])[EndTimers, EndEventSources, EndMeters, EndMeterListeners, EndActivityListeners, ForgetProxies, ForgetFSharp])
            Try(release, failures);
        return failures;
    }

    // Handlers of the end of the process run now: they empty pools and flush files.
    List<Action> TakeHandlers()
    {
        var ends = new List<Action>();
        foreach (var (owner, type, name, field, runs) in Events)
            foreach (var handler in (field?.GetValue(owner) as Delegate)?.GetInvocationList() ?? [])
                if (IsOfLibrary(handler))
                {
                    type.GetEvent(name, Any)?.GetRemoveMethod(nonPublic: true)?.Invoke(owner, [handler]);
                    if (runs && handler is EventHandler end)
                        ends.Add(() => end(AppDomain.CurrentDomain, EventArgs.Empty));
                }
        return ends;
    }

    void EndTimers()
    {
        foreach (var timer in Timers().Where(timer => Callback?.GetValue(timer) is Delegate callback && IsOfLibrary(callback)).ToList())
            (timer as IDisposable)?.Dispose();
    }

    static List<object> Timers()
    {
        var timers = new List<object>();
        foreach (var queue in Queues?.GetValue(null) as Array ?? Array.Empty<object>())
        {
            if (QueueLock?.GetValue(queue) is not Lock gate)
                continue;
            // The lists change only under this lock, and nothing that takes another lock is called under it.
            lock (gate)
                foreach (var first in FirstTimers)
                    for (var timer = first?.GetValue(queue); timer is not null; timer = NextTimer?.GetValue(timer))
                        timers.Add(timer);
        }
        return timers;
    }

    void EndEventSources()
    {
        foreach (var source in EventSource.GetSources().Where(source => IsOfContext(source.GetType().Assembly)).ToList())
            source.Dispose();
    }

    void EndMeters()
    {
        foreach (var meter in Copy<Meter>(Meters?.GetValue(null), MeterLock?.GetValue(null)))
            if (IsOfContext(meter.GetType().Assembly) || Copy<Instrument>(Instruments?.GetValue(meter), MeterLock?.GetValue(null)).Any(Observes))
                meter.Dispose();
    }

    bool Observes(Instrument instrument) => IsOfContext(instrument.GetType().Assembly) || HoldsDelegate(instrument);

    void EndMeterListeners()
    {
        foreach (var listener in Copy<MeterListener>(MeterListeners?.GetValue(null), MeterLock?.GetValue(null)).Where(HoldsDelegate))
            listener.Dispose();
    }

    void EndActivityListeners()
    {
        var list = ActivityListeners?.GetValue(null);
        var listeners = list?.GetType().GetField("_volatileArray", Any)?.GetValue(list) as Array;
        foreach (var listener in listeners?.OfType<ActivityListener>().Where(HoldsDelegate).ToList() ?? [])
            listener.Dispose();
    }

    // A weak table keyed by context, whose values reference their key through a dynamic assembly.
    void ForgetProxies()
    {
        if (Proxies?.GetValue(null) is { } table)
            table.GetType().GetMethod("Remove", [typeof(AssemblyLoadContext)])?.Invoke(table, [context]);
    }

    // The serializer caches the methods of the first FSharp.Core that it finds, and searches again when the cache is empty.
    void ForgetFSharp()
    {
        if (Fsharp?.GetValue(null) is { } known && Methods(known).Any(method => IsOfContext(method.Module.Assembly)))
            Fsharp.SetValue(null, null);
    }

    static IEnumerable<MethodInfo> Methods(object holder) =>
        holder.GetType().GetFields(Any).Where(field => !field.IsStatic).Select(field => field.GetValue(holder)).OfType<MethodInfo>();

    bool HoldsDelegate(object holder)
    {
        for (var type = holder.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            foreach (var field in type.GetFields(Any | BindingFlags.DeclaredOnly))
                if (!field.IsStatic && field.GetValue(holder) is Delegate callback && callback.GetInvocationList().Any(IsOfContext))
                    return true;
        return false;
    }

    bool IsOfLibrary(Delegate callback) => IsOfContext(callback) && AssemblyOf(callback) != main;

    bool IsOfContext(Delegate callback) => IsOfContext(AssemblyOf(callback)) || (callback.Target is { } target && IsOfContext(target.GetType().Assembly));

    static Assembly AssemblyOf(Delegate callback) => callback.Method.Module.Assembly;

    bool IsOfContext(Assembly assembly) => assembly.IsCollectible && AssemblyLoadContext.GetLoadContext(assembly) == context;

    static IReadOnlyList<T> Copy<T>(object? list, object? gate)
    {
        if (list is not IEnumerable items || gate is null)
            return [];
        // Locked as the framework itself does: a Lock that is typed as object would be used as a monitor, which excludes nothing.
        if (gate is Lock own)
            lock (own)
                return [.. items.OfType<T>()];
        lock (gate)
            return [.. items.OfType<T>()];
    }

    static void Try(Action release, List<Exception> failures)
    {
        try
        {
            release();
        }
        catch (Exception e)
        {
            // Code of a library runs here and may throw anything; the caller logs it and continues.
            failures.Add(e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }
    }

    static (object?, Type, string, FieldInfo?, bool) Event(object? owner, Type type, string name, string? field = null, bool runs = false) =>
        (owner, type, name, Statics.Field(type, field ?? name), runs);
}
