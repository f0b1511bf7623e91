using McpScript.Gates;
using McpScript.Testing.Processes;
using ModelContextProtocol.Client;

namespace McpScript.Specs.Gates;

/// <summary>Codes that a program of a third party computes from the gate's secrets.</summary>
public class OathtoolSpecs
{
    const string Shell = """mcp.Tool("sh", "", () => "ran").Protect("shell");""";

    [Fact]
    public async Task The_current_code_and_the_adjacent_ones_are_accepted_once_each_and_no_others()
    {
        Assert.SkipUnless(Oathtool.Missing is null, Oathtool.Missing ?? "");
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.SessionAsync();
        foreach (var step in new[] { -2, 2 })
            Assert.StartsWith("ERROR Invalid code. ", await UnlockAsync(gated, client, step));
        foreach (var step in new[] { -1, 0, 1 })
        {
            Assert.StartsWith("Group 'shell' unlocked.", await UnlockAsync(gated, client, step));
            Assert.StartsWith("ERROR Invalid code: it was used already", await UnlockAsync(gated, client, step));
        }
    }

    [Theory]
    [InlineData(Era.Sessions, null)]
    [InlineData(Era.Sessions, "ann")]
    [InlineData(Era.Stateless, "ann")]
    public async Task Codes_unlock_for_their_caller_in_both_eras(string era, string? user)
    {
        Assert.SkipUnless(Oathtool.Missing is null, Oathtool.Missing ?? "");
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var (one, two) = (await gated.Http.ConnectAsync(era, user: user), await gated.Http.ConnectAsync(era, user: user is null ? null : "bob"));
        Assert.True((await one.TextAsync("sh")).IsLocked("shell"));
        Assert.StartsWith("Group 'shell' unlocked.", await UnlockAsync(gated, one, 0));
        Assert.Equal("ran", await one.TextAsync("sh"));
        Assert.True((await two.TextAsync("sh")).IsLocked("shell"));
        Assert.StartsWith("Group 'shell' unlocked.", await UnlockAsync(gated, two, 1));
        Assert.Equal("ran", await two.TextAsync("sh"));
    }

    [Fact]
    public async Task Correct_codes_are_refused_during_a_lock_out_and_accepted_after_it()
    {
        Assert.SkipUnless(Oathtool.Missing is null, Oathtool.Missing ?? "");
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.SessionAsync();
        for (var i = 0; i < 5; i++)
            await client.TextAsync("gate_unlock", new { group = "shell", code = gated.Wrong("shell") });
        Assert.StartsWith("ERROR Group 'shell' locked out", await UnlockAsync(gated, client, 0));
        Assert.StartsWith("ERROR Group 'shell' locked out", await UnlockAsync(gated, await gated.SessionAsync(), 0));
        gated.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.StartsWith("Group 'shell' unlocked.", await UnlockAsync(gated, client, 0));
    }

    static async Task<string> UnlockAsync(GatedHost gated, McpClient client, int step) => await client.TextAsync(
        "gate_unlock", new { group = "shell", code = await Oathtool.CodeAsync(gated.Secrets["shell"], gated.Time.GetUtcNow() + step * Totp.Default.Step) });
}
