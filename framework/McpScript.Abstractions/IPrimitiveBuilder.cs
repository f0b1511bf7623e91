using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript;

/// <summary>Registers tools, resources and prompts.</summary>
public interface IPrimitiveBuilder
{
    /// <summary>Registers a tool.</summary>
    /// <param name="name">1 to 128 characters of <c>A-Z a-z 0-9 _ - .</c>, unique among all tools served.</param>
    /// <param name="description">Description of the tool, for the model. If empty, the handler's XML summary or its <c>[Description]</c> is used.</param>
    /// <param name="handler">
    /// Any method or lambda, also async. Its parameters become the tool's arguments, except <see cref="CancellationToken"/>, <c>McpServer</c>,
    /// <c>RequestContext&lt;CallToolRequestParams&gt;</c>, <c>IProgress&lt;ProgressNotificationValue&gt;</c>, <c>ClaimsPrincipal</c> and registered services.
    /// </param>
    /// <param name="options">Options of the SDK, such as title, annotations, icons and output schema; null for the defaults.</param>
    IToolBuilder Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null);

    /// <summary>Registers a tool with its own JSON Schema, for handlers that are not .NET methods.</summary>
    /// <param name="name">As for other tools.</param>
    /// <param name="description">Description of the tool, for the model.</param>
    /// <param name="inputSchema">JSON Schema 2020-12 of type <c>object</c>; clients get it unchanged.</param>
    /// <param name="handler">Receives the call; its arguments have been checked against the schema, except for unsupported keywords.</param>
    /// <param name="options">As for other tools.</param>
    /// <exception cref="ArgumentException">The schema is not JSON, or does not describe an object.</exception>
    IToolBuilder Tool(
        string name, string description, [System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string inputSchema,
        Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> handler, McpServerToolCreateOptions? options = null);

    /// <summary>Registers a resource with a fixed URI.</summary>
    /// <param name="uri">An absolute URI such as <c>demo://status</c>, unique among all resources served.</param>
    /// <param name="handler">Returns a string, bytes, or the SDK's resource contents; may be async.</param>
    /// <param name="options">Name, title, description, MIME type, icons.</param>
    void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null);

    /// <summary>Registers a resource template (RFC 6570), such as <c>notes://{id}</c>; each variable is a parameter of the handler.</summary>
    void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null);

    /// <summary>
    /// Registers a prompt. The handler returns a string, a <c>ChatMessage</c>, a <c>PromptMessage</c>, several of them, or a <c>GetPromptResult</c>.
    /// </summary>
    void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null);

    /// <summary>Registers completions for an argument of a prompt, or a variable of a resource template, while a user types.</summary>
    /// <param name="promptOrTemplate">The name of a prompt or a URI template of this plugin.</param>
    /// <param name="argument">The name of the argument or variable.</param>
    /// <param name="values">Receives the text typed so far; the first 100 values are sent. Enums and <c>[AllowedValues]</c> need no completion.</param>
    void Complete(string promptOrTemplate, string argument, Func<string, IEnumerable<string>> values);

    /// <inheritdoc cref="Complete(string, string, Func{string, IEnumerable{string}})" path="/summary"/>
    /// <param name="promptOrTemplate">The name of a prompt or a URI template of this plugin.</param>
    /// <param name="argument">The name of the argument or variable.</param>
    /// <param name="values">Receives the complete request, including arguments that are already filled in.</param>
    void Complete(string promptOrTemplate, string argument, Func<CompleteRequestParams, CancellationToken, Task<IEnumerable<string>>> values);
}
