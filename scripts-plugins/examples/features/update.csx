// A plugin that changes what it offers while it runs: in one step, as visible as a reload, told to every client.
mcp.Tool("learn", "Learns a word: from then on there is a tool that explains it.", async ([Description("The word.")] string word, [Description("What it means.")] string meaning) =>
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
