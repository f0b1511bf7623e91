using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Errors;
using McpScript.Client.Output;
using McpScript.Client.Primitives;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Requests;

/// <summary>Sends requests as typed: finds the tool or prompt by name, parses the arguments, prompts for missing ones, and sends the request.</summary>
sealed class ServerRequests(CommandContext context)
{
    /// <summary>Calls a tool.</summary>
    /// <param name="name">Name of the tool.</param>
    /// <param name="read">Parses the typed arguments; null if none were typed, so that all are prompted for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The result; null if the user gave up at a prompt.</returns>
    /// <exception cref="UserError">There is no such tool, or the arguments are invalid.</exception>
    public async Task<RequestResult?> CallAsync(
        string name, Func<ArgumentReader, Dictionary<string, JsonElement>>? read, CancellationToken cancellationToken)
    {
        var tool = await FindAsync(primitives => primitives.Tool(name),
            () => Unknown("Tool", "tools", name, context.Connection.Primitives.Tools.Select(each => each.Name)), cancellationToken);
        var parameters = Parameter.Of(tool.InputSchema);
        var reader = new ArgumentReader($"Tool '{name}'", parameters, IsOpen(tool.InputSchema));
        if (await ArgumentsAsync(reader, read, parameters, null, cancellationToken) is not { } arguments)
            return null;
        using var progress = new ProgressBar(context.Screen, name);
        progress.Begin();
        var result = await context.Connection.CallAsync(name, arguments, progress, cancellationToken);
        return RequestResult.From(result, context.Content.Of(result, name), result.IsError is true);
    }

    /// <summary>Reads a resource by URI, or by URI template with values for its variables.</summary>
    /// <param name="uri">URI or URI template.</param>
    /// <param name="read">Parses the typed values of variables; null if none were typed, so that all are prompted for.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The result; null if the user gave up at a prompt.</returns>
    /// <exception cref="UserError">The values are invalid.</exception>
    public async Task<RequestResult?> ReadAsync(
        string uri, Func<ArgumentReader, Dictionary<string, JsonElement>>? read, CancellationToken cancellationToken)
    {
        ReadResourceResult result;
        if (!uri.Contains('{'))
            result = await context.Connection.ReadAsync(uri, cancellationToken);
        else
        {
            var variables = TemplateVariables.Of(uri);
            var reader = new ArgumentReader($"Template '{uri}'", variables);
            if (await ArgumentsAsync(reader, read, variables, new ResourceTemplateReference { Uri = uri }, cancellationToken) is not { } values)
                return null;
            result = await context.Connection.ReadAsync(uri, values, cancellationToken);
        }
        return RequestResult.From(result, result.Contents.Select(context.Content.Of));
    }

    /// <summary>Gets a prompt.</summary>
    /// <param name="name">Name of the prompt.</param>
    /// <param name="read">Parses the typed arguments; null if none were typed, so that all are prompted for.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The result; null if the user gave up at a prompt.</returns>
    /// <exception cref="UserError">There is no such prompt, or the arguments are invalid.</exception>
    public async Task<RequestResult?> PromptAsync(
        string name, Func<ArgumentReader, Dictionary<string, JsonElement>>? read, CancellationToken cancellationToken)
    {
        var prompt = await FindAsync(primitives => primitives.Prompt(name),
            () => Unknown("Prompt", "prompts", name, context.Connection.Primitives.Prompts.Select(each => each.Name)), cancellationToken);
        IReadOnlyList<Parameter> parameters = [.. Parameters(prompt)];
        var reader = new ArgumentReader($"Prompt '{name}'", parameters);
        if (await ArgumentsAsync(reader, read, parameters, new PromptReference { Name = name }, cancellationToken) is not { } arguments)
            return null;
        // In the protocol, arguments of prompts are strings.
        var texts = arguments.ToDictionary(each => each.Key, each => JsonSerializer.SerializeToElement(Json.Inline(each.Value)));
        var result = await context.Connection.PromptAsync(name, texts, cancellationToken);
        return RequestResult.From(result, result.Messages.Select(Text));

        string Text(PromptMessage message) => $"{message.Role.ToString().ToLowerInvariant()}: {context.Content.Of(message.Content, name)}";
    }

    /// <summary>Returns the arguments of a prompt as parameters.</summary>
    public static IEnumerable<Parameter> Parameters(Prompt prompt) =>
        (prompt.Arguments ?? []).Select(argument => Parameter.Text(argument.Name, argument.Required is true, argument.Description));

    /// <summary>Creates the error for a name that is not in the server's list.</summary>
    public static UserError Unknown(string kind, string command, string name, IEnumerable<string> known)
    {
        var hint = SpellingHint.For(name, known).TrimStart();
        return new($"{kind} '{name}' not found. Use '{command}' to list available {command}.", [], hint.Length > 0 ? hint : null);
    }

    // The typed arguments and those that the user was prompted for; null if the user gave up.
    async Task<Dictionary<string, JsonElement>?> ArgumentsAsync(
        ArgumentReader reader, Func<ArgumentReader, Dictionary<string, JsonElement>>? read, IReadOnlyList<Parameter> parameters, Reference? reference,
        CancellationToken cancellationToken)
    {
        var arguments = read?.Invoke(reader) ?? [];
        if (!context.Screen.CanPrompt)
            return reader.Missing(arguments) is { Count: > 0 } missing ? throw reader.MissingError(missing) : arguments;
        // If arguments were typed, only missing required ones are prompted for.
        var open = read is null ? parameters : reader.Missing(arguments);
        var (values, end) = await context.Prompt.ReadAsync(open, reference is null ? null : Complete, cancellationToken);
        if (end != LineEnd.Entered)
            return null;
        foreach (var (name, value) in values)
            arguments[name] = value;
        return arguments;

        Task<IReadOnlyList<string>> Complete(Parameter parameter, string typed, IReadOnlyDictionary<string, JsonElement> entered, CancellationToken ct)
        {
            var given = arguments.Concat(entered).ToDictionary(each => each.Key, each => Json.Inline(each.Value));
            return context.Connection.CompleteAsync(reference!, parameter.Name, typed, given, ct);
        }
    }

    // An unknown name may be new on the server: fetches the lists again before it fails.
    async Task<T> FindAsync<T>(Func<ServerPrimitives, T?> find, Func<UserError> unknown, CancellationToken cancellationToken) where T : class
    {
        if (find(context.Connection.Primitives) is { } known)
            return known;
        await context.Connection.RefreshAsync(cancellationToken);
        return find(context.Connection.Primitives) ?? throw unknown();
    }

    static bool IsOpen(JsonElement schema) => !schema.TryGetMember("properties", out _)
        || schema.TryGetMember("additionalProperties", out var more) && more.ValueKind is JsonValueKind.True or JsonValueKind.Object;
}
