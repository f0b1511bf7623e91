using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Runs after all specs that run in parallel, and checks what they left.</summary>
[Collection(nameof(AfterAll))]
public class SecretSpecs
{
    [Fact]
    public void No_log_output_or_error_text_of_earlier_specs_contains_a_secret_that_they_used()
    {
        if (Secrets.Known == 0 || Secrets.Searched == 0)
            Assert.Skip("Nothing ran before it that uses a secret: it says something only in a run of all specs.");
        Assert.Equal("", string.Join('\n', Secrets.Found));
    }

    [Fact]
    public async Task A_secret_that_gets_into_a_log_is_found()
    {
        var secret = $"planted-{Guid.NewGuid():N}";
        await using var host = await TestHost.StartAsync(
            ("leak.csx", $$"""mcp.Tool("leak", "Leaks.", () => { mcp.Logger.LogWarning("{{secret}}"); return "done"; });"""));
        await host.CallAsync("leak");
        var found = new List<string>();
        Secrets.Search(host.Log.Lines, "the host's log", [secret], found.Add);
        Assert.Contains($"'{secret}' in the host's log: Warning [plugin.leak] {secret}", Assert.Single(found));
    }

    /// <summary>Not side by side with others, so after them.</summary>
    [CollectionDefinition(nameof(AfterAll), DisableParallelization = true)]
    public sealed class AfterAll;
}
