using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace McpScript.Plugins;

/// <summary>Makes the SDK's tools, prompts and resources of one generation, with that generation's services, serializer options and XML comments.</summary>
/// <param name="services">The generation's services.</param>
/// <param name="json">Its serializer options.</param>
/// <param name="docs">Its XML comments.</param>
/// <param name="prefix">What the names of its tools begin with; null for nothing.</param>
/// <param name="groups">The groups that tools may be guarded with.</param>
sealed class PrimitiveFactory(IServiceProvider services, JsonSerializerOptions json, ImmutableDictionary<string, MemberDoc> docs, string? prefix, IGuardGroups groups)
{
    /// <summary>A tool from a delegate.</summary>
    public McpServerTool Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? given, IReadOnlyCollection<string> guards)
    {
        HandlerParameters.Check($"tool '{name}'", handler.Method, services, json);
        var options = ToolOptions(handler.Method, given, guards);
        options.Name = ToolPrefix.Apply(prefix, name);
        if (description.Length > 0)
            options.Description = description;
        options.UseStructuredContent |= given?.OutputSchema is not null || StructuredResult.Suits(handler.Method.ReturnType);
        return Checked(Bound(McpServerTool.Create(handler, options), handler.Method, options.SerializerOptions!));
    }

    /// <summary>A tool with a schema of its own.</summary>
    public McpServerTool Tool(SchemaFunction function, McpServerToolCreateOptions? given, IReadOnlyCollection<string> guards)
    {
        var options = ToolOptions(null, given, guards);
        options.Name = ToolPrefix.Apply(prefix, function.Name);
        options.Description = function.Description;
        return Checked(McpServerTool.Create(function, options));
    }

    /// <summary>A tool from a method that carries the SDK's attribute.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">What it is called on: an instance, or a factory for each call; null for a static one.</param>
    public McpServerTool Tool(MethodInfo method, Target target)
    {
        HandlerParameters.Check($"tool method '{method.Name}'", method, services, json);
        var tool = Tool(method, target, null);
        var name = ToolPrefix.Apply(prefix, tool.ProtocolTool.Name);
        // The SDK derives a name from the method; only then is it known what the prefix has to go before.
        return Checked(name == tool.ProtocolTool.Name ? tool : Tool(method, target, name));
    }

    McpServerTool Tool(MethodInfo method, Target target, string? name)
    {
        var options = ToolOptions(method, null, []);
        options.Name = name;
        var tool = target.PerCall is { } make
            ? McpServerTool.Create(method, call => make(call.Services!), options)
            : McpServerTool.Create(method, target.Instance, options);
        return Bound(tool, method, json);
    }

    static McpServerTool Bound(McpServerTool tool, MethodInfo method, JsonSerializerOptions json)
    {
        ToolBinding.Remember(tool, method, json);
        return tool;
    }

    /// <summary>A prompt from a delegate.</summary>
    public McpServerPrompt Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? given)
    {
        HandlerParameters.Check($"prompt '{name}'", handler.Method, services, json);
        var options = PromptOptions(handler.Method, given);
        options.Name = name;
        if (description.Length > 0)
            options.Description = description;
        return McpServerPrompt.Create(handler, options);
    }

    /// <summary>A prompt from a method that carries the SDK's attribute.</summary>
    public McpServerPrompt Prompt(MethodInfo method, Target target)
    {
        HandlerParameters.Check($"prompt method '{method.Name}'", method, services, json);
        var options = PromptOptions(method, null);
        return target.PerCall is { } make
            ? McpServerPrompt.Create(method, call => make(call.Services!), options)
            : McpServerPrompt.Create(method, target.Instance, options);
    }

    /// <summary>A resource or resource template from a delegate.</summary>
    public McpServerResource Resource(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? given)
    {
        HandlerParameters.Check($"resource '{uriTemplate}'", handler.Method, services, json);
        var options = ResourceOptions(handler.Method, given);
        options.UriTemplate = uriTemplate;
        options.Name ??= ResourceNaming.NameOf(uriTemplate);
        options.MimeType ??= ResourceNaming.MimeTypeOf(handler.Method.ReturnType);
        return McpServerResource.Create(handler, options);
    }

    /// <summary>A resource or resource template from a method that carries the SDK's attribute.</summary>
    public McpServerResource Resource(MethodInfo method, Target target)
    {
        HandlerParameters.Check($"resource method '{method.Name}'", method, services, json);
        var options = ResourceOptions(method, null);
        return target.PerCall is { } make
            ? McpServerResource.Create(method, call => make(call.Services!), options)
            : McpServerResource.Create(method, target.Instance, options);
    }

    // Whoever guards a tool must not be left with an open one: a group that is not there keeps the plugin from being loaded.
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
        SchemaCreateOptions = given?.SchemaCreateOptions ?? SchemaOptions(),
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

    // The attribute in the code speaks before the XML comment: the SDK reads [Description] only where Description is still null.
    string? Summary(MethodInfo? method) =>
        method is not null && method.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>() is null
        && docs.TryGetValue(MemberDoc.KeyOf(method), out var doc) && doc.Summary.Length > 0 ? doc.Summary : null;

    AIJsonSchemaCreateOptions SchemaOptions() => new()
    {
        ParameterDescriptionProvider = parameter =>
            parameter.Member is MethodInfo method && parameter.Name is { } name
            && parameter.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>() is null
            && docs.TryGetValue(MemberDoc.KeyOf(method), out var doc) ? doc.Parameters.GetValueOrDefault(name) : null,
    };

    /// <summary>What a method is called on.</summary>
    /// <param name="Instance">One object for all calls; null for a static method.</param>
    /// <param name="PerCall">Makes a new object for each call from that call's services.</param>
    public readonly record struct Target(object? Instance, Func<IServiceProvider, object>? PerCall);
}
