using System.Collections.Immutable;
using System.Reflection;
using McpScript.Loading.Answers;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>
/// Finds members with the SDK's attributes (<c>[McpServerTool]</c> and the like): top-level methods of a script, and methods of classes with the matching
/// type attribute.
/// </summary>
/// <remarks>
/// The same classes and methods as the SDK's <c>WithToolsFromAssembly</c> (2.4.0): the attributes of classes and of overridden methods are inherited, and
/// so are methods of base classes. Of several that have one name through inheritance the first one is offered, as the SDK's collection keeps the first.
/// </remarks>
sealed class AttributedMembers(PrimitiveFactory factory, IServiceProvider services, ICollection<PluginProblem> problems)
{
    const BindingFlags Methods = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    readonly DiscoveredPrimitives<McpServerTool> _tools = new();
    readonly DiscoveredPrimitives<McpServerPrompt> _prompts = new();
    readonly DiscoveredPrimitives<McpServerResource> _resources = new();
    readonly Dictionary<(string Target, string Argument), ArgumentCompletion> _completions = [];

    /// <summary>The items found so far.</summary>
    public PluginPrimitives Items =>
        new() { Tools = _tools.All, Prompts = _prompts.All, Resources = _resources.All, Completions = _completions.ToImmutableDictionary() };

    /// <summary>Adds the top-level methods of a script, called on the script object.</summary>
    public void AddScript(object script) => AddMethods(script.GetType(), new(script, null), tools: true, prompts: true, resources: true);

    /// <summary>Adds the methods of a class that has one of the SDK's type attributes, its own or inherited; does nothing for any other class.</summary>
    public void AddClass(Type type)
    {
        bool Marked<T>() where T : Attribute => type.IsDefined(typeof(T), inherit: true);
        var (tools, prompts, resources) =
            (Marked<McpServerToolTypeAttribute>(), Marked<McpServerPromptTypeAttribute>(), Marked<McpServerResourceTypeAttribute>());
        if (!(tools || prompts || resources))
            return;
        // A generic abstract class cannot be instantiated; its derived classes are found on their own.
        if (type is { ContainsGenericParameters: true, IsAbstract: true, IsSealed: false })
            return;
        if (!type.IsAbstract && type.GetMethods(Methods).Any(method => !method.IsStatic && IsPrimitive(method)))
            Try(() => HandlerParameters.CheckConstructor(type, services));
        var make = ActivatorFactory(type);
        AddMethods(type, new(null, make), tools, prompts, resources);
    }

    static Func<IServiceProvider, object> ActivatorFactory(Type type) => type.IsAbstract
        ? _ => throw new ModelContextProtocol.McpException(
            $"class {TypeName.Of(type)} is abstract, and no class derives from it, so there is no object to call. Make it static, or derive a class from it.")
        : callServices => ActivatorUtilities.CreateInstance(callServices, type);

    static bool IsPrimitive(MethodInfo method) =>
        method.IsDefined(typeof(McpServerToolAttribute)) || method.IsDefined(typeof(McpServerPromptAttribute))
        || method.IsDefined(typeof(McpServerResourceAttribute));

    void AddMethods(Type type, PrimitiveFactory.Target target, bool tools, bool prompts, bool resources)
    {
        foreach (var method in type.GetMethods(Methods))
        {
            var on = method.IsStatic ? default : target;
            var origin = method is { IsStatic: false } && type.IsAbstract ? MemberOrigin.Abstract
                : method.DeclaringType != type ? MemberOrigin.Inherited : MemberOrigin.Own;
            if (tools && method.IsDefined(typeof(McpServerToolAttribute)))
                Try(() => _tools.Add(factory.Tool(method, on), origin));
            if (prompts && method.IsDefined(typeof(McpServerPromptAttribute)))
                Try(() => _prompts.Add(Completed(factory.Prompt(method, on), prompt => prompt.ProtocolPrompt.Name, method), origin));
            if (resources && method.IsDefined(typeof(McpServerResourceAttribute)))
                Try(() => _resources.Add(
                    Completed(factory.Resource(method, on), resource => resource.ProtocolResourceTemplate.UriTemplate, method), origin));
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
            // The SDK or a check of the framework rejects one method: reported beside the problems of the others.
            problems.Add(PluginProblem.Refused(e));
        }
    }
}
