using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using McpScript.Loading.Answers;
using McpScript.Loading.Primitives;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace McpScript.Loading;

/// <summary>Loads plugins into this process: each in its own load context, with its registration run and its primitives built.</summary>
/// <param name="settingsSource">Settings of plugins.</param>
/// <param name="options">Limits, and what the host provides.</param>
/// <param name="generations">Tracks load contexts until they are collected.</param>
/// <param name="host">Calls of running plugins into the host.</param>
/// <param name="loggers">Logs of plugins.</param>
/// <param name="time">The clock.</param>
sealed class InProcessPluginLoader(
    IPluginSettingsSource settingsSource, PluginLoaderOptions options, IGenerationTracker generations, IPluginCallbacks host, ILoggerFactory loggers,
    TimeProvider time)
    : IPluginLoader
{
    readonly ConcurrentDictionary<PluginReference, PluginState> _states = new();
    readonly ConcurrentDictionary<PluginReference, int> _generations = new();
    readonly HashSet<string> _shared =
        new(SharedAssemblies.Names.Concat(options.Shared.Select(service => service.ServiceType.Assembly.GetName().Name!)), StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async Task<Plugin> LoadAsync(PluginImage image, CancellationToken cancellationToken)
    {
        var code = (AssemblyImage)image;
        var reference = code.Location.Reference;
        var settings = ReadSettings(code);
        var generation = Next(reference);
        var context = generations.Track(new PluginLoadContext($"{reference}#{generation}", code, _shared));
        var plugin = new InProcessPlugin(code, settings, generation, context, generations, time)
        {
            Culture = options.Culture, Prefix = settings.Prefix,
        };
        try
        {
            await RegisterAsync(plugin, context, settings, cancellationToken);
            return plugin;
        }
        catch (Exception e)
        {
            generations.Discard(plugin);
            // The change was cancelled: not a failure of the plugin.
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
                throw;
            throw e as PluginLoadException ?? Failed(plugin, Problems(e, plugin), e);
        }
    }

    /// <inheritdoc/>
    public void Forget(PluginReference reference) => _states.TryRemove(reference, out _);

    int Next(PluginReference reference) => _generations.AddOrUpdate(reference, 1, (_, generation) => generation + 1);

    PluginSettings ReadSettings(AssemblyImage image)
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

    async Task RegisterAsync(InProcessPlugin plugin, PluginLoadContext context, PluginSettings settings, CancellationToken cancellationToken)
    {
        Task registration;
        // Without the caller's execution context, so that async locals that a plugin sets do not stay in the host's.
        using (ExecutionContext.SuppressFlow())
            registration = Task.Run(() => RunRegistrationAsync(plugin, context, settings), CancellationToken.None);
        try
        {
            await registration.WaitAsync(options.RegisterTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Observe(registration);
            var timeout = options.RegisterTimeout.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
            throw Failed(plugin, [new($"The registration did not finish within {timeout} s and was abandoned. "
                + "Do long work in mcp.OnLive, or raise register_timeout.", "MCS0003", plugin.Location.Path)]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Observe(registration);
            throw;
        }
    }

    async Task RunRegistrationAsync(InProcessPlugin plugin, PluginLoadContext context, PluginSettings settings)
    {
        using var flow = PluginExecutionContext.Enter(plugin);
        var json = PluginJson.CreateOptions();
        var store = _states.GetOrAdd(plugin.Reference, _ => new PluginState());
        var state = store.Open(json);
        var builder = new PluginBuilder(plugin, loggers.CreateLogger($"plugin.{plugin.Reference}"), state, host, options.SessionIdleTimeout, time);
        plugin.Own(builder, state);
        var config = new PluginConfig(settings.Values, settings.Origin, json, settings.Written) { Folder = plugin.Image.Folder };
        AddPresets(builder.Services, config);

        var started = time.GetTimestamp();
        var assembly = plugin.LoadMain();
        Type[] types =
        [
            .. assembly.GetTypes(),
            .. plugin.Image.AlsoOffering.SelectMany(name => context.LoadFromAssemblyName(new AssemblyName(name)).GetTypes()),
        ];
        var loading = time.GetElapsedTime(started);
        object? script = null;
        if (plugin.Image.Script is { } entry)
            script = await entry.RunAsync(assembly, new ScriptGlobals(builder, config));
        else if (PluginClasses.In(types) is { Count: > 0 } classes)
        {
            PluginClasses.Register(classes, builder, config);
            types = []; // A plugin class registers everything itself; attributes count only without one.
        }
        builder.Seal();
        Build(plugin, builder, new(types, script, loading), json);
    }

    void Build(InProcessPlugin plugin, PluginBuilder builder, LoadedCode code, JsonSerializerOptions json)
    {
        var services = builder.Services.BuildServiceProvider();
        var factory = new PrimitiveFactory(new DeclaredServices(services), json, plugin.Image.Docs, plugin.Prefix, options.Guards);
        plugin.Own(services, factory, code.Loading);
        var problems = new List<PluginProblem>();
        var members = new AttributedMembers(factory, services, problems);
        if (code.Script is not null)
            members.AddScript(code.Script);
        foreach (var type in code.Types)
            members.AddClass(type);
        var items = new PrimitiveBuilder(factory, problems).Build(builder, members.Items);
        if (items.IsEmpty && problems.Count == 0)
            problems.Add(new(RegistersNothing(plugin), "MCS0002", plugin.Location.Path));
        problems.AddRange(HostedServices(builder.Services));
        if (problems.Count > 0)
            throw Failed(plugin, Placed(problems, plugin));
        plugin.SetPrimitives(items with { Advice = [.. factory.Advice] });
    }

    // By name: the interface comes from the plugin's own copy of Microsoft.Extensions.Hosting.Abstractions.
    static IEnumerable<PluginProblem> HostedServices(IServiceCollection services) =>
        from service in services
        where !service.IsKeyedService && service.ServiceType.FullName == "Microsoft.Extensions.Hosting.IHostedService"
        let type = service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory?.Method.ReturnType
        select new PluginProblem(
            $"'AddHostedService<{(type is null ? "…" : TypeName.Of(type))}>' has no effect: nothing starts hosted services in a plugin. "
            + "Start background work with mcp.OnLive(async retiring => …), which ends with the generation.", PluginProblem.CannotRegister);

    // Names are searched in the scripts; a problem of a DLL points to the DLL.
    static IEnumerable<PluginProblem> Placed(IEnumerable<PluginProblem> problems, InProcessPlugin plugin)
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

    static string RegistersNothing(InProcessPlugin plugin) => "The plugin registers nothing. " + (plugin.Image.Script is null
        ? "Offer something with a class that implements McpScript.IPlugin, or one that carries [McpServerToolType] and has methods with [McpServerTool]; "
            + "prompts and resources likewise."
        : "Offer something with mcp.Tool, mcp.Resource, mcp.Prompt or the SDK's attributes.");

    static PluginLoadException Failed(InProcessPlugin plugin, IEnumerable<PluginProblem> problems, Exception? inner = null) =>
        new(plugin.Reference, PluginStage.Register, [.. problems], inner is null ? null : ExceptionText.Of(inner)) { Files = plugin.Files };

    static IEnumerable<PluginProblem> Problems(Exception e, InProcessPlugin plugin) => e is ReflectionTypeLoadException types
        // One exception for each type that fails, mostly with the same cause.
        ? types.LoaderExceptions.OfType<Exception>().Select(cause => Problem(cause, plugin)).Distinct()
        : [Problem(e, plugin)];

    static PluginProblem Problem(Exception e, InProcessPlugin plugin)
    {
        var thrown = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
        if (MissingAssemblyException.In(thrown) is { } missing)
            return new(missing.Message, "MCS0008", plugin.Location.Path);
        var (file, line) = ExceptionText.PlaceIn(thrown, plugin.Location.Root);
        var place = file ?? plugin.Location.Path;
        return new($"{thrown.GetType().Name}: {thrown.Message}", "MCS0001", place, line, line is null ? null : 1, ExceptionText.LineOf(file, line));
    }

    readonly record struct LoadedCode(Type[] Types, object? Script, TimeSpan Loading);

    // An abandoned registration may still throw; the timeout is reported already.
    static void Observe(Task abandoned) => abandoned.ContinueWith(task => _ = task.Exception, TaskScheduler.Default);
}
