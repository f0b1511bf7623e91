using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Loading.Answers;
using McpScript.Model;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>Creates the SDK's tools, prompts and resources of one generation, with its services, serializer options and XML comments.</summary>
/// <param name="services">The generation's services.</param>
/// <param name="json">Serializer options of the generation.</param>
/// <param name="docs">XML comments of the plugin's methods.</param>
/// <param name="prefix">Prefix of its tool names; null for none.</param>
/// <param name="groups">The groups that tools may be guarded with.</param>
sealed class PrimitiveFactory(
    IServiceProvider services, JsonSerializerOptions json, ImmutableDictionary<string, MemberDoc> docs, string? prefix, IGuardGroups groups)
{
    /// <summary>Serializer options of the plugin.</summary>
    public JsonSerializerOptions Json => json;

    /// <summary>Code of a warning about data that is lost in JSON.</summary>
    public const string LosesData = "MCS714";

    readonly List<PluginProblem> _advice = [];

    /// <summary>Warnings for authors about the items that were built.</summary>
    public IReadOnlyList<PluginProblem> Advice => _advice;

    /// <summary>Creates a tool from a delegate.</summary>
    public McpServerTool Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? given, IReadOnlyCollection<string> guards) =>
        Named($"tool '{name}'", handler.Method, given?.SerializerOptions, what =>
        {
            var options = ToolOptions(handler.Method, given, guards);
            options.Name = ToolPrefix.Apply(prefix, name);
            if (description.Length > 0)
                options.Description = description;
            options.UseStructuredContent |= given?.OutputSchema is not null || StructuredResult.Suits(handler.Method.ReturnType);
            var tool = Answering(what, McpServerTool.Create(handler, options), handler.Method, new(handler.Target, null), options);
            return Checked(Bound(tool, handler.Method, options.SerializerOptions!));
        });

    /// <summary>Creates a tool with an input schema of its own.</summary>
    public McpServerTool Tool(SchemaFunction function, McpServerToolCreateOptions? given, IReadOnlyCollection<string> guards)
    {
        var options = ToolOptions(null, given, guards);
        options.Name = ToolPrefix.Apply(prefix, function.Name);
        options.Description = function.Description;
        return Checked(McpServerTool.Create(function, options));
    }

    /// <summary>Creates a tool from a method with the SDK's attribute.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The object that the method is called on: an instance, or a factory for each call; empty for a static method.</param>
    public McpServerTool Tool(MethodInfo method, Target target) => Named($"tool method '{method.Name}'", method, null, what =>
    {
        var (tool, options) = Tool(method, target, null);
        var name = ToolPrefix.Apply(prefix, tool.ProtocolTool.Name);
        // The SDK derives the name from the method, so the prefixed name is known only after the tool is created once.
        if (name != tool.ProtocolTool.Name)
            (tool, options) = Tool(method, target, name);
        return Checked(Bound(Answering(what, tool, method, target, options), method, options.SerializerOptions!));
    });

    (McpServerTool Tool, McpServerToolCreateOptions Options) Tool(MethodInfo method, Target target, string? name)
    {
        var options = ToolOptions(method, null, []);
        options.Name = name;
        return (target.PerCall is { } make
            ? McpServerTool.Create(method, call => make(call.Services!), options)
            : McpServerTool.Create(method, target.Instance, options), options);
    }

    static McpServerTool Bound(McpServerTool tool, MethodInfo method, JsonSerializerOptions json)
    {
        ToolBinding.Remember(tool, method, json);
        return tool;
    }

    // Most tools return text, and the SDK's own tool is enough for them.
    McpServerTool Answering(string what, McpServerTool listed, MethodInfo method, Target target, McpServerToolCreateOptions options)
    {
        var nullability = new NullabilityInfoContext();
        var result = ReturnShape.Of(method, nullability);
        CheckResult(what, listed.ProtocolTool.Name, method, result, options.SerializerOptions!);
        if (listed.ProtocolTool.OutputSchema is not { } natural)
            return AsyncSequence.ElementOf(result.Type) is null
                ? listed
                : Answering(listed, method, target, options, null, isWrapped: false, result.Type);
        var byHand = method.GetCustomAttribute<McpServerToolAttribute>()?.OutputSchemaType;
        if (byHand is not null || options.OutputSchema is null)
        {
            var schemaOf = byHand is null || byHand == result.Type ? result : new(byHand, null);
            natural = new AnswerSchema(options.SerializerOptions!, nullability).Of(natural, schemaOf);
        }
        var isWrapped = result.MayBeNull && !StructuredResult.IsComplete(result.Type);
        return Answering(listed, method, target, options, isWrapped ? AnswerSchema.Wrap(natural, options.SerializerOptions!) : natural, isWrapped, result.Type);
    }

    McpServerTool Answering(
        McpServerTool listed, MethodInfo method, Target target, McpServerToolCreateOptions options, JsonElement? schema, bool isWrapped, Type declared)
    {
        var form = new AnswerForm(listed.ProtocolTool.Name, schema, isWrapped, declared, options.SerializerOptions!);
        var function = HandlerFunction.Of(method, target, services, new()
        {
            Name = listed.ProtocolTool.Name, SerializerOptions = options.SerializerOptions, JsonSchemaCreateOptions = options.SchemaCreateOptions,
            ExcludeResultSchema = true,
            MarshalResult = (result, _, cancellationToken) => form.OfAsync(result, cancellationToken),
        });
        return AnsweringTool.Of(listed, function, options, schema);
    }

    void CheckResult(string what, string name, MethodInfo method, ReturnShape result, JsonSerializerOptions serializer)
    {
        var types = new ResultTypes(serializer);
        if (types.WhyNever(result.Type) is { } never)
            throw new ArgumentException($"The {what} returns {never}");
        if (types.Loss(result.Type, method.ReturnParameter) is { } loss)
            _advice.Add(new($"The answer of tool '{name}' loses something: {loss}.", LosesData));
        foreach (var parameter in method.GetParameters())
            if (ResultTypes.TupleNames(parameter) is { } names && HandlerParameters.IsArgument(parameter, services))
                _advice.Add(new(
                    $"Tool '{name}' takes '{parameter.Name}' as a tuple with the members item1, item2, …; the names {names} exist only in C#. "
                        + "Take a record to keep them.", LosesData));
    }

    /// <summary>Creates a prompt from a delegate.</summary>
    public McpServerPrompt Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? given) =>
        Named($"prompt '{name}'", handler.Method, given?.SerializerOptions, _ =>
        {
            var options = PromptOptions(handler.Method, given);
            options.Name = name;
            if (description.Length > 0)
                options.Description = description;
            return new TextPrompt(McpServerPrompt.Create(handler, options), handler.Method, services, options.SerializerOptions!);
        });

    /// <summary>Creates a prompt from a method with the SDK's attribute.</summary>
    public McpServerPrompt Prompt(MethodInfo method, Target target) => Named($"prompt method '{method.Name}'", method, null, _ =>
    {
        var options = PromptOptions(method, null);
        var prompt = target.PerCall is { } make
            ? McpServerPrompt.Create(method, call => make(call.Services!), options)
            : McpServerPrompt.Create(method, target.Instance, options);
        return new TextPrompt(prompt, method, services, options.SerializerOptions!);
    });

    /// <summary>Creates a resource or resource template from a delegate.</summary>
    public McpServerResource Resource(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? given) =>
        Named($"resource '{uriTemplate}'", handler.Method, given?.SerializerOptions, _ =>
        {
            var options = ResourceOptions(handler.Method, given);
            options.UriTemplate = uriTemplate;
            options.Name ??= ResourceNaming.NameOf(uriTemplate);
            options.MimeType ??= ResourceNaming.MimeTypeOf(handler.Method.ReturnType);
            return McpServerResource.Create(handler, options);
        });

    /// <summary>Creates a resource or resource template from a method with the SDK's attribute.</summary>
    public McpServerResource Resource(MethodInfo method, Target target) => Named($"resource method '{method.Name}'", method, null, _ =>
    {
        var options = ResourceOptions(method, null);
        return target.PerCall is { } make
            ? McpServerResource.Create(method, call => make(call.Services!), options)
            : McpServerResource.Create(method, target.Instance, options);
    });

    /// <summary>Creates a management command from a delegate.</summary>
    public PluginCommand Command(string name, string description, Delegate handler) =>
        Named($"command '{name}'", handler.Method, null, _ => CommandFunction.Of(name, description, handler, services, json), CommandFunction.IsGiven);

    // The SDK's error texts for a rejected handler do not name it.
    T Named<T>(string what, MethodInfo method, JsonSerializerOptions? own, Func<string, T> create, Func<Type, bool>? given = null)
    {
        HandlerParameters.Check(what, method, services, own ?? json, given);
        try
        {
            return create(what);
        }
        catch (Exception e) when (e is not GuardException && !e.Message.Contains(what, StringComparison.Ordinal))
        {
            throw new ArgumentException($"The {what} cannot be offered: {e.Message}", e);
        }
    }

    // A tool that its author guards is never served unguarded: a group that is not configured keeps the plugin from being loaded.
    McpServerTool Checked(McpServerTool tool)
    {
        foreach (var group in Guards.Of(tool))
            if (groups.WhyNot(tool.ProtocolTool.Name, group) is { } problem)
                throw new GuardException(problem);
        return tool;
    }

    McpServerToolCreateOptions ToolOptions(MethodInfo? method, McpServerToolCreateOptions? given, IReadOnlyCollection<string> guards) => new()
    {
        Services = services,
        SerializerOptions = given?.SerializerOptions ?? json,
        SchemaCreateOptions = given?.SchemaCreateOptions ?? SchemaOptions(),
        Name = given?.Name,
        Title = given?.Title,
        Description = given?.Description ?? Summary(method),
        Destructive = given?.Destructive,
        Idempotent = given?.Idempotent,
        OpenWorld = given?.OpenWorld,
        ReadOnly = given?.ReadOnly,
        UseStructuredContent = given?.UseStructuredContent ?? false,
        OutputSchema = given?.OutputSchema,
        Metadata = Guards.Metadata(method, given?.Metadata, guards),
        Icons = given?.Icons,
        Meta = given?.Meta,
    };

    McpServerPromptCreateOptions PromptOptions(MethodInfo method, McpServerPromptCreateOptions? given) => new()
    {
        Services = services,
        SerializerOptions = given?.SerializerOptions ?? json,
        SchemaCreateOptions = given?.SchemaCreateOptions ?? SchemaOptions() with { TransformSchemaNode = AnyAsObject },
        Name = given?.Name,
        Title = given?.Title,
        Description = given?.Description ?? Summary(method),
        Metadata = given?.Metadata,
        Icons = given?.Icons,
        Meta = given?.Meta,
    };

    McpServerResourceCreateOptions ResourceOptions(MethodInfo method, McpServerResourceCreateOptions? given) => new()
    {
        Services = services,
        SerializerOptions = given?.SerializerOptions ?? json,
        SchemaCreateOptions = given?.SchemaCreateOptions ?? SchemaOptions(),
        UriTemplate = given?.UriTemplate,
        Name = given?.Name,
        Title = given?.Title,
        Description = given?.Description ?? Summary(method),
        MimeType = given?.MimeType,
        Metadata = given?.Metadata,
        Icons = given?.Icons,
        Meta = given?.Meta,
    };

    // [Description] wins over the XML comment: the SDK reads the attribute only where Description is still null.
    string? Summary(MethodInfo? method) =>
        method is not null && method.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>() is null
        && docs.TryGetValue(MemberDoc.KeyOf(method), out var doc) && doc.Summary.Length > 0 ? doc.Summary : null;

    // The SDK reads a description from the schema of each argument, which is no object if the schema is `true` (object, JsonElement).
    static JsonNode AnyAsObject(AIJsonSchemaCreateContext context, JsonNode node) => node is JsonValue ? new JsonObject() : node;

    AIJsonSchemaCreateOptions SchemaOptions() => new()
    {
        ParameterDescriptionProvider = parameter =>
            parameter.Member is MethodInfo method && parameter.Name is { } name
            && parameter.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>() is null
            && docs.TryGetValue(MemberDoc.KeyOf(method), out var doc) ? doc.Parameters.GetValueOrDefault(name) : null,
    };

    /// <summary>The object that a method is called on.</summary>
    /// <param name="Instance">One object for all calls; null for a static method.</param>
    /// <param name="PerCall">Creates a new object for each call from that call's services.</param>
    public readonly record struct Target(object? Instance, Func<IServiceProvider, object>? PerCall);
}
