using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Errors;
using McpScript.Client.Output;
using McpScript.Client.Primitives;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Requests;

/// <summary>Asks the server for what was typed: finds what is meant, reads its arguments, asks for those that are missing, and sends the request.</summary>
sealed class ServerRequests(CommandContext session)
{
    /// <summary>Calls a tool; null if the user gave it up.</summary>
    public async Task<RequestResult?> CallAsync(string name, Func<ArgumentReader, Dictionary<string, JsonElement>>? read, CancellationToken cancellationToken)
    {
        var tool = await FindAsync(offer => offer.Tool(name), () => Unknown("Tool", "tools", name, session.Connection.Primitives.Tools.Select(each => each.Name)), cancellationToken);
        var parameters = Parameter.Of(tool.InputSchema);
        var reader = new ArgumentReader($"Tool '{name}'", parameters, IsOpen(tool.InputSchema));
        // Without a word about arguments, all are asked for; else only what cannot be left out.
        var asked = read is null ? (_ => parameters) : (Func<IReadOnlyDictionary<string, JsonElement>, IReadOnlyList<Parameter>>)reader.Missing;
        if (await CompletedAsync(reader, read, asked, null, cancellationToken) is not { } arguments)
            return null;
        using var progress = new ProgressBar(session.Screen, name);
        progress.Begin();
        var result = await session.Connection.CallAsync(name, arguments, progress, cancellationToken);
        return RequestResult.From(result, session.Content.Of(result, name), result.IsError is true);
    }

    /// <summary>Reads a resource, or a template with values for its variables; null if the user gave it up.</summary>
    public async Task<RequestResult?> ReadAsync(string uri, Func<ArgumentReader, Dictionary<string, JsonElement>>? read, CancellationToken cancellationToken)
    {
        ReadResourceResult result;
        if (!uri.Contains('{'))
            result = await session.Connection.ReadAsync(uri, cancellationToken);
        else
        {
            var variables = TemplateVariables.Of(uri);
            var reader = new ArgumentReader($"Template '{uri}'", variables);
            var asked = read is null ? (_ => variables) : (Func<IReadOnlyDictionary<string, JsonElement>, IReadOnlyList<Parameter>>)reader.Missing;
            if (await CompletedAsync(reader, read, asked, new ResourceTemplateReference { Uri = uri }, cancellationToken) is not { } values)
                return null;
            result = await session.Connection.ReadAsync(uri, values, cancellationToken);
        }
        return RequestResult.From(result, result.Contents.Select(session.Content.Of));
    }

    /// <summary>Gets a prompt; null if the user gave it up.</summary>
    public async Task<RequestResult?> PromptAsync(string name, Func<ArgumentReader, Dictionary<string, JsonElement>>? read, CancellationToken cancellationToken)
    {
        var prompt = await FindAsync(offer => offer.Prompt(name), () => Unknown("Prompt", "prompts", name, session.Connection.Primitives.Prompts.Select(each => each.Name)), cancellationToken);
        IReadOnlyList<Parameter> parameters = [.. Parameters(prompt)];
        var reader = new ArgumentReader($"Prompt '{name}'", parameters);
        var asked = read is null ? (_ => parameters) : (Func<IReadOnlyDictionary<string, JsonElement>, IReadOnlyList<Parameter>>)reader.Missing;
        if (await CompletedAsync(reader, read, asked, new PromptReference { Name = name }, cancellationToken) is not { } arguments)
            return null;
        // The protocol knows only texts here.
        var texts = arguments.ToDictionary(each => each.Key, each => JsonSerializer.SerializeToElement(Json.Inline(each.Value)));
        var result = await session.Connection.PromptAsync(name, texts, cancellationToken);
        return RequestResult.From(result, result.Messages.Select(message => $"{message.Role.ToString().ToLowerInvariant()}: {session.Content.Of(message.Content, name)}"));
    }

    /// <summary>The arguments of a prompt.</summary>
    public static IEnumerable<Parameter> Parameters(Prompt prompt) => (prompt.Arguments ?? []).Select(argument => Parameter.Text(argument.Name, argument.Required is true, argument.Description));

    /// <summary>A complaint about a name that the server does not offer.</summary>
    public static UserError Unknown(string kind, string command, string name, IEnumerable<string> known) =>
        new($"{kind} '{name}' not found. Use '{command}' to list available {command}.", [], SpellingHint.For(name, known).TrimStart() is { Length: > 0 } hint ? hint : null);

    // The arguments that were typed, and those that were asked for; null if the user gave it up.
    async Task<Dictionary<string, JsonElement>?> CompletedAsync(ArgumentReader reader, Func<ArgumentReader, Dictionary<string, JsonElement>>? read,
        Func<IReadOnlyDictionary<string, JsonElement>, IReadOnlyList<Parameter>> asked, Reference? reference, CancellationToken cancellationToken)
    {
        var arguments = read?.Invoke(reader) ?? [];
        if (!session.Screen.CanAsk)
            return reader.Missing(arguments) is { Count: > 0 } missing ? throw reader.AboutMissing(missing) : arguments;
        var (values, end) = await session.Prompt.AskAsync(asked(arguments), reference is null ? null : Complete, cancellationToken);
        if (end != LineEnd.Entered)
            return null;
        foreach (var (name, value) in values)
            arguments[name] = value;
        return arguments;

        Task<IReadOnlyList<string>> Complete(Parameter parameter, string typed, IReadOnlyDictionary<string, JsonElement> given, CancellationToken ct) =>
            session.Connection.CompleteAsync(reference!, parameter.Name, typed, arguments.Concat(given).ToDictionary(each => each.Key, each => Json.Inline(each.Value)), ct);
    }

    // What is not known may be newer than what we know.
    async Task<T> FindAsync<T>(Func<ServerPrimitives, T?> find, Func<UserError> unknown, CancellationToken cancellationToken) where T : class
    {
        if (find(session.Connection.Primitives) is { } known)
            return known;
        await session.Connection.RefreshAsync(cancellationToken);
        return find(session.Connection.Primitives) ?? throw unknown();
    }

    static bool IsOpen(JsonElement schema) => !schema.TryGetMember("properties", out _) || schema.TryGetMember("additionalProperties", out var more) && more.ValueKind is JsonValueKind.True or JsonValueKind.Object;
}
