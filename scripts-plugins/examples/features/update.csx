// A plugin that changes its tools at run time: in one step, like a reload, with a notification to every client.
mcp.Tool("learn", "Learns a word, and adds a tool that explains it.",
    async ([Description("The word.")] string word, [Description("What it means.")] string meaning) =>
{
    await mcp.UpdateAsync(update => update.Tool($"explain_{word}", $"Explains '{word}'.", () => meaning));
    return $"Call explain_{word}.";
});

mcp.Tool("forget", "Forgets a word.", async ([Description("The word.")] string word) =>
{
    var known = false;
    await mcp.UpdateAsync(update => known = update.Remove($"explain_{word}"));
    return known ? "Forgotten." : $"'{word}' was not known.";
});
