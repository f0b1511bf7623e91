namespace McpScript.Benchmarks;

/// <summary>Script that the benchmarks edit. It uses all that makes unloading hard: records, enums, <c>dynamic</c>, JsonSerializer and a closure.</summary>
static class EditedScript
{
    /// <summary>File name.</summary>
    public const string File = "edited.csx";

    /// <summary>
    /// Returns the text of a version. The tool returns the version; its description changes with every second version, so that every second edit changes the
    /// list.
    /// </summary>
    /// <param name="version">Version number.</param>
    /// <param name="isDynamic">
    /// True to use <c>dynamic</c>. Each generation compiles its binder again (about 200 ms at the first call), which tests unloading but distorts latency.
    /// </param>
    public static string Version(int version, bool isDynamic = true) => $$"""
        // A typical script of thirty lines.
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

        /// <summary>Number of calls.</summary>
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
