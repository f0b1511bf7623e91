namespace McpScript.Benchmarks;

/// <summary>The script that is edited: records, enums, <c>dynamic</c>, JsonSerializer and a closure, all that is known to make unloading hard.</summary>
static class EditedScript
{
    /// <summary>Its file.</summary>
    public const string File = "edited.csx";

    /// <summary>Its text; the version is in the tool's answer, and in its description every other time, so that every other edit changes the list.</summary>
    /// <param name="version">The version.</param>
    /// <param name="isDynamic">Uses <c>dynamic</c>, whose binder each generation jits anew (about 200 ms at its first call): a test of unloading, not of
    /// latency.</param>
    public static string Version(int version, bool isDynamic = true) => $$"""
        // A script of thirty lines, as people write them.
        enum Colour { Red, Green, Blue }
        record Question(string Text, int Weight = 1);
        record Answer(int Version, string Text, Colour Colour, string Extra);

        const int version = {{version}};
        var calls = 0;

        string Describe(object thing)
        {
            {{(isDynamic ? "dynamic d = thing;" : "var d = (Question)thing;")}}
            return $"{d.Text}/{d.Weight}";
        }

        /// <summary>How often it was called.</summary>
        [McpServerTool(Name = "count", ReadOnly = true)]
        int Count() => calls;

        mcp.Tool("ask", "Answers, edition {{version / 2}}.", (Question question, Colour colour) =>
        {
            calls++;
            var json = JsonSerializer.Serialize(new { question.Text, colour });
            return new Answer(version, Describe(question), colour, json);
        });

        mcp.Resource("edited://version", () => version.ToString());
        mcp.Prompt("edited", "A prompt.", (string text) => $"{version}: {text}");
        """;
}
