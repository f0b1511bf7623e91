using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class UnreadErrorSpecs
{
    const string Boom = """mcp.Tool("boom", "Fails.", new Func<string>(() => throw new Exception(new string('x', 4_000))));""";

    [Fact]
    [Trait("Fault", "B-F9")]
    public async Task A_client_that_never_reads_stderr_gets_every_answer_and_the_program_ends()
    {
        using var site = new ProxySite(("boom.csx", Boom));
        await using var proxy = ProxyProcess.Start(site, BuiltProgram.Path, ["serve"], readsErrors: false);
        await proxy.InitializeAsync();

        // Ten would fill the pipe.
        for (var call = 0; call < 100; call++)
        {
            await proxy.WriteLineAsync(Wire.Call($"{call}", "boom"));
            Assert.Contains("boom", await proxy.AnswerAsync($"{call}"));
        }

        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
    }

    [Fact]
    [Trait("Fault", "B-F9")]
    public async Task A_signal_ends_a_program_whose_stderr_is_not_read()
    {
        using var site = new ProxySite(("boom.csx", Boom));
        await using var proxy = ProxyProcess.Start(site, BuiltProgram.Path, ["serve"], readsErrors: false);
        await proxy.InitializeAsync();
        for (var call = 0; call < 40; call++)
        {
            await proxy.WriteLineAsync(Wire.Call($"{call}", "boom"));
            await proxy.AnswerAsync($"{call}");
        }

        proxy.Send(Signal.Terminate);

        Assert.Equal(0, await proxy.ExitAsync());
    }
}
