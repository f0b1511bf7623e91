// Sampling: a completion by the client's model during a call. The same code serves sessions and stateless clients (2026-07-28).
mcp.Tool("rhyme", "Finds a rhyme with the help of the client's model.",
    async (McpServer server, [Description("The word.")] string word, CancellationToken ct) =>
{
    var answer = await server.SampleAsync(new CreateMessageRequestParams
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = $"One word that rhymes with '{word}'." }] }],
        MaxTokens = 10,
    }, ct);
    return $"{word} - {string.Concat(answer.Content.OfType<TextContentBlock>().Select(block => block.Text))}";
});
