using McpScript.Model;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript.Loading.Primitives;

/// <summary>A plugin's registrations, not built yet: services may still be added until the registration returns.</summary>
class Registrations : IPrimitiveBuilder
{
    /// <summary>Builders of the tools.</summary>
    public List<Func<PrimitiveFactory, McpServerTool>> Tools { get; } = [];

    /// <summary>Builders of the prompts.</summary>
    public List<Func<PrimitiveFactory, McpServerPrompt>> Prompts { get; } = [];

    /// <summary>Builders of the resources and resource templates.</summary>
    public List<Func<PrimitiveFactory, McpServerResource>> Resources { get; } = [];

    /// <summary>Builders of the management commands.</summary>
    public List<Func<PrimitiveFactory, PluginCommand>> Commands { get; } = [];

    /// <summary>Completions of arguments.</summary>
    public Dictionary<(string Target, string Argument), ArgumentCompletion> Completions { get; } = [];

    /// <inheritdoc/>
    public IToolBuilder Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null)
    {
        CheckTool(name, handler);
        var tool = new ToolRegistration(name);
        Tools.Add(factory => factory.Tool(name, description, handler, options, tool.TakeGroups()));
        return tool;
    }

    /// <inheritdoc/>
    public IToolBuilder Tool(
        string name, string description, string inputSchema, Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> handler,
        McpServerToolCreateOptions? options = null)
    {
        CheckTool(name, handler);
        var function = new SchemaFunction(name, description, inputSchema, handler);
        var tool = new ToolRegistration(name);
        Tools.Add(factory => factory.Tool(function, options, tool.TakeGroups()));
        return tool;
    }

    /// <inheritdoc/>
    public void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        AddAllowedValues(name, handler);
        Prompts.Add(factory => factory.Prompt(name, description, handler, options));
    }

    /// <inheritdoc/>
    public void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(handler);
        if (uri.Contains('{'))
            throw new ArgumentException($"'{uri}' has variables; offer it with mcp.ResourceTemplate.", nameof(uri));
        if (!Uri.TryCreate(uri, UriKind.Absolute, out _))
            throw new ArgumentException($"'{uri}' is not an absolute URI such as demo://status.", nameof(uri));
        Resources.Add(factory => factory.Resource(uri, handler, options));
    }

    /// <inheritdoc/>
    public void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(handler);
        if (!uriTemplate.Contains('{'))
            throw new ArgumentException($"'{uriTemplate}' has no variable such as {{id}}; offer it with mcp.Resource.", nameof(uriTemplate));
        AddAllowedValues(uriTemplate, handler);
        Resources.Add(factory => factory.Resource(uriTemplate, handler, options));
    }

    /// <inheritdoc/>
    public void Complete(string promptOrTemplate, string argument, Func<string, IEnumerable<string>> values)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(values);
        Completions[(promptOrTemplate, argument)] = (request, _) => Task.FromResult(values(request.Argument.Value));
    }

    /// <inheritdoc/>
    public void Complete(string promptOrTemplate, string argument, Func<CompleteRequestParams, CancellationToken, Task<IEnumerable<string>>> values)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(values);
        Completions[(promptOrTemplate, argument)] = new ArgumentCompletion(values);
    }

    /// <summary>Throws if nothing may be registered any more. Called first in each registration.</summary>
    protected virtual void CheckOpen()
    {
    }

    void CheckTool(string name, Delegate handler)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(handler);
        if (!ToolName.IsValid(name))
            throw new ArgumentException($"'{name}' is not a tool name: 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.' are allowed.", nameof(name));
    }

    // A completion that the author registers wins over the allowed values, in either order.
    void AddAllowedValues(string target, Delegate handler)
    {
        foreach (var (key, completion) in AllowedValues.CompletionsOf(target, handler.Method))
            Completions.TryAdd(key, completion);
    }
}
