using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpScript.Loading.Answers;
using McpScript.Loading.Primitives;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpScript.Loading;

/// <summary>Makes an image live: a load context of its own, its registration run on a flow of its own, its primitives built. Visible to nobody yet.</summary>
sealed class PluginLoader(
    IPluginSettingsSource settingsSource, PluginLoaderOptions options, IGenerationTracker generations, IPluginCallbacks host, IGuardGroups guards, ILoggerFactory loggers,
    TimeProvider time)
{
    readonly ConcurrentDictionary<PluginReference, PluginState> _states = new();
    readonly ConcurrentDictionary<PluginReference, int> _generations = new();
    readonly HashSet<string> _shared =
        new(SharedAssemblies.Names.Concat(options.Shared.Select(service => service.ServiceType.Assembly.GetName().Name!)), StringComparer.OrdinalIgnoreCase);

    /// <summary>The plugin made from an image.</summary>
    /// <exception cref="PluginLoadException">Settings or registration failed; the half-built plugin has been disposed of.</exception>
    /// <exception cref="OperationCanceledException">The token fired; likewise.</exception>
    public async Task<Plugin> LoadAsync(PluginImage image, CancellationToken cancellationToken)
    {
        var reference = image.Location.Reference;
        var settings = ReadSettings(image);
        var context = generations.Track(new PluginLoadContext($"{reference}#{Next(reference)}", image, _shared));
        var plugin = new Plugin(image, settings, _generations[reference], context, time) { Culture = options.Culture };
        try
        {
            await RegisterAsync(plugin, context, settings, cancellationToken);
            return plugin;
        }
        catch (Exception e)
        {
            generations.Discard(plugin);
            // Who asked for it does not want it any more: no failure of the plugin's.
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
                throw;
            throw e as PluginLoadException ?? Failed(plugin, Problems(e, plugin), e);
        }
    }

    /// <summary>Forgets the state of a plugin that was unloaded for good.</summary>
    public void ForgetState(PluginReference reference) => _states.TryRemove(reference, out _);

    int Next(PluginReference reference) => _generations.AddOrUpdate(reference, 1, (_, generation) => generation + 1);

    PluginSettings ReadSettings(PluginImage image)
    {
        try
        {
            return settingsSource.Read(image.Location.Reference);
        }
        catch (PluginLoadException e)
        {
            throw new PluginLoadException(e.Reference, e.Stage, e.Problems, e) { Files = [.. image.Files, .. e.Files] };
        }
    }

    async Task RegisterAsync(Plugin plugin, PluginLoadContext context, PluginSettings settings, CancellationToken cancellationToken)
    {
        Task registration;
        // A flow of its own: async locals that a plugin sets must not outlive it in ours.
        using (ExecutionContext.SuppressFlow())
            registration = Task.Run(() => RunRegistrationAsync(plugin, context, settings), CancellationToken.None);
        try
        {
            await registration.WaitAsync(options.RegisterTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Observe(registration);
            throw Failed(plugin, [new($"The registration did not finish within {options.RegisterTimeout.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture)} s and was abandoned. "
                + "Do long work in mcp.OnLive, or raise register_timeout.", "MCS0003", plugin.Location.Path)]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Observe(registration);
            throw;
        }
    }

    async Task RunRegistrationAsync(Plugin plugin, PluginLoadContext context, PluginSettings settings)
    {
        using var flow = PluginExecutionContext.Enter(plugin);
        var json = SerializerOptions();
        var store = _states.GetOrAdd(plugin.Reference, _ => new PluginState());
        var state = store.Open(json);
        var builder = new PluginBuilder(plugin, loggers.CreateLogger($"plugin.{plugin.Reference}"), state, host, options.SessionIdleTimeout, time);
        plugin.Own(builder, state);
        var config = new PluginConfig(settings.Values, settings.Origin, json, settings.Written) { Folder = plugin.Image.Folder };
        AddPresets(builder.Services, config);

        var started = time.GetTimestamp();
        var assembly = plugin.Main = context.LoadMain();
        Type[] types = [.. assembly.GetTypes(), .. plugin.Image.AlsoOffering.SelectMany(name => context.LoadFromAssemblyName(new AssemblyName(name)).GetTypes())];
        plugin.Loading = time.GetElapsedTime(started);
        object? script = null;
        if (plugin.Image.Script is { } entry)
            script = await entry.RunAsync(assembly, new ScriptGlobals(builder, config));
        else if (PluginClasses.In(types) is { Count: > 0 } classes)
        {
            PluginClasses.Register(classes, builder, config);
            types = []; // Whoever registers by hand has said all: the attributes are for those who do not.
        }
        builder.Seal();
        Build(plugin, builder, types, script, json);
    }

    void Build(Plugin plugin, PluginBuilder builder, Type[] types, object? script, JsonSerializerOptions json)
    {
        var services = builder.Services.BuildServiceProvider();
        plugin.Prefix = settingsSource.PrefixOf(plugin.Reference);
        var factory = new PrimitiveFactory(new DeclaredServices(services), json, plugin.Image.Docs, plugin.Prefix, guards);
        plugin.Json = json;
        plugin.Own(services, factory);
        var problems = new List<PluginProblem>();
        var members = new AttributedMembers(factory, services, problems);
        if (script is not null)
            members.AddScript(script);
        foreach (var type in types)
            members.AddClass(type);
        var items = new PrimitiveBuilder(factory, problems).Build(builder.Registrations, members.Items);
        if (items.IsEmpty && problems.Count == 0)
            problems.Add(new(RegistersNothing(plugin), "MCS0002", plugin.Location.Path));
        problems.AddRange(HostedServices(builder.Services));
        if (problems.Count > 0)
            throw Failed(plugin, Placed(problems, plugin));
        plugin.Offer(items with { Advice = [.. factory.Advice] });
    }

    // By name: the interface comes from the plugin's own copy of Microsoft.Extensions.Hosting.Abstractions.
    static IEnumerable<PluginProblem> HostedServices(IServiceCollection services) =>
        from service in services
        where !service.IsKeyedService && service.ServiceType.FullName == "Microsoft.Extensions.Hosting.IHostedService"
        let type = service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory?.Method.ReturnType
        select new PluginProblem(
            $"'AddHostedService<{(type is null ? "…" : TypeName.Of(type))}>' has no effect: nothing starts hosted services in a plugin. "
            + "Start background work with mcp.OnLive(async retiring => …), which ends with the generation.", PluginProblem.CannotBeOffered);

    // Names are looked for in the scripts; a DLL is its own place.
    static IEnumerable<PluginProblem> Placed(IEnumerable<PluginProblem> problems, Plugin plugin)
    {
        var places = new NamePlaces(plugin.Image);
        return problems.Select(problem => places.Put(problem)).Select(problem => problem.File is null ? problem with { File = plugin.Location.Path } : problem);
    }

    void AddPresets(IServiceCollection services, PluginConfig config)
    {
        services.AddSingleton(config);
        services.AddSingleton(time);
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        PluginHttp.AddTo(services);
        foreach (var shared in options.Shared)
            services.TryAdd(shared);
    }

    // Options of its own with a resolver of its own: the serializer's caches hang on them, and die with them (FACTS: "Full" pattern).
    internal static JsonSerializerOptions SerializerOptions()
    {
        var json = new JsonSerializerOptions(McpJsonUtilities.DefaultOptions)
        {
            // The SDK's leave nulls out, but its output schemas require every property: a client that checks results would refuse them.
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            // Tuples consist of fields.
            IncludeFields = true,
            // Models and other JSON libraries do not keep an order of members.
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(McpJsonUtilities.DefaultOptions.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
        };
        json.MakeReadOnly();
        return json;
    }

    static string RegistersNothing(Plugin plugin) => "The plugin registers nothing. " + (plugin.Image.Script is null
        ? "Offer something with a class that implements McpScript.IPlugin, or one that carries [McpServerToolType] and has methods with [McpServerTool]; prompts and resources likewise."
        : "Offer something with mcp.Tool, mcp.Resource, mcp.Prompt or the SDK's attributes.");

    static PluginLoadException Failed(Plugin plugin, IEnumerable<PluginProblem> problems, Exception? inner = null) =>
        new(plugin.Reference, PluginStage.Register, [.. problems], inner is null ? null : ExceptionText.Of(inner)) { Files = plugin.Files };

    static IEnumerable<PluginProblem> Problems(Exception e, Plugin plugin) => e is ReflectionTypeLoadException types
        // One for each type that fails, mostly for the same reason.
        ? types.LoaderExceptions.OfType<Exception>().Select(cause => Problem(cause, plugin)).Distinct()
        : [Problem(e, plugin)];

    static PluginProblem Problem(Exception e, Plugin plugin)
    {
        var thrown = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
        if (MissingAssemblyException.In(thrown) is { } missing)
            return new(missing.Message, "MCS0008", plugin.Location.Path);
        var (file, line) = ExceptionText.PlaceIn(thrown, plugin.Location.Root);
        return new($"{thrown.GetType().Name}: {thrown.Message}", "MCS0001", file ?? plugin.Location.Path, line, line is null ? null : 1, ExceptionText.LineOf(file, line));
    }

    // An abandoned registration may still throw one day; by then everything has been said.
    static void Observe(Task abandoned) => abandoned.ContinueWith(task => _ = task.Exception, TaskScheduler.Default);
}
