using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpScript.Plugins;

/// <summary>Finds what carries the SDK's attributes: <c>[McpServerTool]</c> and its like on top-level methods of a script and in classes marked as holding them.</summary>
sealed class AttributedMembers(PrimitiveFactory factory, IServiceProvider services, ICollection<PluginProblem> problems)
{
    const BindingFlags Methods = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    readonly List<McpServerTool> _tools = [];
    readonly List<McpServerPrompt> _prompts = [];
    readonly List<McpServerResource> _resources = [];
    readonly Dictionary<(string Target, string Argument), Completion> _completions = [];

    /// <summary>All that was found so far.</summary>
    public PluginItems Items => new() { Tools = [.. _tools], Prompts = [.. _prompts], Resources = [.. _resources], Completions = _completions.ToImmutableDictionary() };

    /// <summary>Top-level methods of a script, called on the script itself.</summary>
    public void AddScript(object script) => AddMethods(script.GetType(), new(script, null), tools: true, prompts: true, resources: true);

    /// <summary>A class that carries one of the SDK's type attributes; does nothing for any other.</summary>
    public void AddClass(Type type)
    {
        bool Marked<T>() where T : Attribute => type.IsDefined(typeof(T), inherit: false);
        var (tools, prompts, resources) = (Marked<McpServerToolTypeAttribute>(), Marked<McpServerPromptTypeAttribute>(), Marked<McpServerResourceTypeAttribute>());
        if (!(tools || prompts || resources))
            return;
        if (!type.IsAbstract && type.GetMethods(Methods).Any(method => !method.IsStatic && IsOffered(method)))
            Try(() => HandlerParameters.CheckConstructor(type, services));
        var make = ActivatorFactory(type);
        AddMethods(type, new(null, make), tools, prompts, resources);
    }

    static Func<IServiceProvider, object> ActivatorFactory(Type type) => callServices => ActivatorUtilities.CreateInstance(callServices, type);

    static bool IsOffered(MethodInfo method) =>
        method.IsDefined(typeof(McpServerToolAttribute)) || method.IsDefined(typeof(McpServerPromptAttribute)) || method.IsDefined(typeof(McpServerResourceAttribute));

    void AddMethods(Type type, PrimitiveFactory.Target target, bool tools, bool prompts, bool resources)
    {
        foreach (var method in type.GetMethods(Methods))
        {
            var on = method.IsStatic ? default : target;
            if (tools && method.IsDefined(typeof(McpServerToolAttribute)))
                Try(() => _tools.Add(factory.Tool(method, on)));
            if (prompts && method.IsDefined(typeof(McpServerPromptAttribute)))
                Try(() => _prompts.Add(Completed(factory.Prompt(method, on), prompt => prompt.ProtocolPrompt.Name, method)));
            if (resources && method.IsDefined(typeof(McpServerResourceAttribute)))
                Try(() => _resources.Add(Completed(factory.Resource(method, on), resource => resource.ProtocolResourceTemplate.UriTemplate, method)));
        }
    }

    T Completed<T>(T primitive, Func<T, string> target, MethodInfo method)
    {
        foreach (var (key, completion) in AllowedValues.CompletionsOf(target(primitive), method))
            _completions.TryAdd(key, completion);
        return primitive;
    }

    void Try(Action add)
    {
        try
        {
            add();
        }
        catch (Exception e)
        {
            // Whatever the SDK or our checks dislike of one method is told beside the problems of the others.
            problems.Add(new PluginProblem(e.Message, (e as GuardException)?.Code));
        }
    }
}
