using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpScript;

/// <summary>Takes what a plugin offers to clients.</summary>
public interface IPrimitiveBuilder
{
    /// <summary>Offers a tool.</summary>
    /// <param name="name">1 to 128 characters of <c>A-Z a-z 0-9 _ - .</c>, unique among all tools served.</param>
    /// <param name="description">What the tool does, for the model. Empty: the handler's XML summary or its <c>[Description]</c>.</param>
    /// <param name="handler">
    /// Any method or lambda, also async. Its parameters become the tool's arguments, but for <see cref="CancellationToken"/>, <c>McpServer</c>,
    /// <c>RequestContext&lt;CallToolRequestParams&gt;</c>, <c>IProgress&lt;ProgressNotificationValue&gt;</c>, <c>ClaimsPrincipal</c> and registered services.
    /// </param>
    /// <param name="options">Title, annotations, icons, output schema and the like, as the SDK takes them.</param>
    IToolBuilder Tool(string name, string description, Delegate handler, McpServerToolCreateOptions? options = null);

    /// <summary>Offers a tool described by a JSON Schema of its own, for handlers that are not .NET methods.</summary>
    /// <param name="name">As for the other tools.</param>
    /// <param name="description">What the tool does, for the model.</param>
    /// <param name="inputSchema">JSON Schema 2020-12 of type <c>object</c>; clients get it as it stands here.</param>
    /// <param name="handler">Gets the call; its arguments have been compared with the schema as far as that is plain.</param>
    /// <param name="options">As for the other tools.</param>
    /// <exception cref="ArgumentException">The schema is not JSON, or not of an object.</exception>
    IToolBuilder Tool(
        string name, string description, [System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string inputSchema,
        Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> handler, McpServerToolCreateOptions? options = null);

    /// <summary>Offers a resource at a fixed URI.</summary>
    /// <param name="uri">An absolute URI such as <c>demo://status</c>, unique among all resources served.</param>
    /// <param name="handler">Returns a string, bytes, or the SDK's resource contents; also async.</param>
    /// <param name="options">Name, title, description, MIME type, icons.</param>
    void Resource(string uri, Delegate handler, McpServerResourceCreateOptions? options = null);

    /// <summary>Offers a resource template (RFC 6570), such as <c>notes://{id}</c>; each variable is a parameter of the handler.</summary>
    void ResourceTemplate(string uriTemplate, Delegate handler, McpServerResourceCreateOptions? options = null);

    /// <summary>
    /// Offers a prompt; the handler returns a string, a <c>ChatMessage</c>, a <c>PromptMessage</c>, several of them, or a <c>GetPromptResult</c>.
    /// </summary>
    void Prompt(string name, string description, Delegate handler, McpServerPromptCreateOptions? options = null);

    /// <summary>Offers values for an argument of a prompt, or a variable of a resource template, while a user types.</summary>
    /// <param name="promptOrTemplate">The prompt's name or the URI template, of this plugin.</param>
    /// <param name="argument">The argument's or variable's name.</param>
    /// <param name="values">Gets what has been typed so far; the first 100 values are sent. Enums and <c>[AllowedValues]</c> complete by themselves.</param>
    void Complete(string promptOrTemplate, string argument, Func<string, IEnumerable<string>> values);

    /// <inheritdoc cref="Complete(string, string, Func{string, IEnumerable{string}})" path="/summary"/>
    /// <param name="promptOrTemplate">The prompt's name or the URI template, of this plugin.</param>
    /// <param name="argument">The argument's or variable's name.</param>
    /// <param name="values">Gets the whole request, the arguments filled in already among it.</param>
    void Complete(string promptOrTemplate, string argument, Func<CompleteRequestParams, CancellationToken, Task<IEnumerable<string>>> values);
}
