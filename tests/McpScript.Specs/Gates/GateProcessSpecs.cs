using System.Text.RegularExpressions;
using McpScript.Specs.Management;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Gates;

/// <summary>The operator's side: the command line, REST, a restart, and what the logs keep.</summary>
public sealed partial class GateProcessSpecs : IDisposable
{
    const string Yaml = """
        server_name: Ops
        gate:
          secret_backend: file
          secret_file: secrets
          groups: { shell: { tools: [sh] }, mail: }
        """;

    readonly ProxySite _site = new(("shell.csx", """mcp.Tool("sh", "Runs.", (string command) => $"ran {command}"); mcp.Tool("free", "", () => "free");"""));

    public GateProcessSpecs() => _site.Write("config.yaml", Yaml);

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task An_operator_enrolls_unlocks_locks_and_gets_the_status_by_CLI_and_a_restart_locks()
    {
        var secret = await EnrollAsync("shell");
        await using (var proxy = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0", "-c", "config.yaml"))
        {
            var client = await proxy.ConnectAsync(Era.Sessions);
            var locked = await client.TextAsync("sh", new { command = "ls" });
            Assert.True(locked.IsLocked("shell"), locked);
            var head = locked.Split("--session ")[1];
            var status = await _site.SayAsync("gate", "status");
            Assert.Contains("shell: sh\n", status);
            Assert.Contains($"mail: (guards no tool)\n  no code is accepted: Gate: secret 'mail' not found in {_site["secrets"]}\n", status);
            Assert.EndsWith($"blocked: session {head} at tool 'sh'. To unlock the group for it: mcp-proxy gate unlock shell --session {head}", status);

            Assert.Equal(new(1, "", $"Error: Name a target: --session ID, --principal NAME or --anonymous. Held back:\n  --session {head}"),
                await _site.RunAsync("000000", ["gate", "unlock", "shell"]) is var unsaid ? unsaid with { Errors = unsaid.Errors.Split(" (tool")[0] } : null!);
            Assert.Equal(new(1, "", "Error: Unknown group 'shel'. There are: mail, shell"),
                await _site.RunAsync("000000", ["gate", "unlock", "shel", "--session", head]));
            Assert.Equal(new(1, "", "No code was given. Type the digits that the authenticator shows, or pipe them in."),
                await _site.RunAsync("", ["gate", "unlock", "shell", "--session", head]));
            Assert.Equal(new(0, "Group 'shell' unlocked. Auto-lock after 120m inactivity.", ""),
                await _site.RunAsync(Now.Code(secret), ["gate", "unlock", "shell", "--session", head]));
            Assert.Equal("ran ls", await client.TextAsync("sh", new { command = "ls" }));
            Assert.Matches($"  open to session {head}, locks in 7[012]\\d\\d s", await _site.SayAsync("gate", "status"));
            Assert.Equal("All groups locked.", await _site.SayAsync("gate", "lock"));
            Assert.True((await client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
            var twice = await _site.RunAsync("000000", ["gate", "unlock", "shell", "--anonymous", "--session", "x"]);
            Assert.Equal(2, twice.Code);
            Assert.Contains("Give one of --session, --principal and --anonymous.", twice.Errors);
        }
        // Another secret, because the clock does not wait: what matters is that the new program knows nothing.
        secret = await EnrollAsync("shell", "--force");
        await using (var again = await StdioClient.ConnectAsync(_site, Era.Sessions, "serve", "-c", "config.yaml"))
        {
            Assert.StartsWith("Group 'shell' unlocked.", await again.Client.TextAsync("gate_unlock", new { group = "shell", code = Now.Code(secret) }));
            Assert.Equal("ran ls", await again.Client.TextAsync("sh", new { command = "ls" }));
        }
        await using var restarted = await StdioClient.ConnectAsync(_site, Era.Stateless, "serve", "-c", "config.yaml");
        Assert.True((await restarted.Client.TextAsync("sh", new { command = "ls" })).IsLocked("shell"));
        Assert.Equal("free", await restarted.Client.TextAsync("free"));
    }

    [Fact]
    public async Task Enrolling_writes_a_private_file_once_and_shows_what_an_authenticator_reads()
    {
        var shown = await _site.SayAsync("gate", "enroll", "shell", "-c", "config.yaml");
        var secret = Secret().Match(shown).Groups[1].Value;
        Assert.Contains($"otpauth://totp/Ops:shell?secret={secret}&issuer=Ops&algorithm=SHA1&digits=6&period=30", shown);
        Assert.Contains('▀', shown);
        Assert.EndsWith($"Written to {_site["secrets"]} as 'shell'.", shown);
        Assert.Equal($"shell={secret}\n", File.ReadAllText(_site["secrets"]));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_site["secrets"]));

        var again = await _site.RunAsync("gate", "enroll", "shell", "-c", "config.yaml");
        Assert.Equal(new(1, "", $"{_site["secrets"]} has a secret 'shell' already. To replace it, so that the old one stops working: --force"), again);
        Assert.Equal($"shell={secret}\n", File.ReadAllText(_site["secrets"]));
        var forced = await EnrollAsync("shell", "--force");
        Assert.Equal($"shell={forced}\n", File.ReadAllText(_site["secrets"]));
        Assert.NotEqual(secret, forced);

        Assert.Equal(new(1, "", "config.yaml has no group 'shel' in 'gate.groups'. There are: mail, shell."),
            await _site.RunAsync("gate", "enroll", "shel", "-c", "config.yaml"));
        Assert.StartsWith("Without --config there is no 'gate' section", (await _site.RunAsync("gate", "enroll", "shell")).Errors);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_site["secrets"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", (await _site.RunAsync("gate", "enroll", "mail", "-c", "config.yaml")).Errors);
        }
    }

    [Fact]
    public async Task REST_returns_the_state_of_the_gate_and_refuses_with_its_own_status()
    {
        var secret = await EnrollAsync("shell");
        await using var proxy = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0", "-c", "config.yaml");
        var gate = (await proxy.GetAsync("/proxy/gate")).Json;
        Assert.True(gate["enabled"]!.GetValue<bool>());
        Assert.Equal("""{"group":"shell","tools":["sh"],"open":[],"locked_out":[]}""", gate["groups"]![1]!.ToJsonString());

        async Task<int> Unlock(string json) => (await proxy.PostAsync("/proxy/gate/unlock", json)).Status;
        Assert.Equal(400, await Unlock("""{"group":"shell"}"""));
        Assert.Equal(400, await Unlock("""{"group":"shell","code":503302}"""));
        Assert.Equal(404, await Unlock("""{"group":"zz","code":"000000","principal":"ann"}"""));
        Assert.Equal(409, await Unlock("""{"group":"shell","code":"000000"}"""));
        Assert.Equal(409, await Unlock("""{"group":"shell","code":"000000","session":"short"}"""));
        Assert.Equal(409, await Unlock("""{"group":"shell","code":"000000","principal":"ann","anonymous":true}"""));
        Assert.Equal(503, await Unlock("""{"group":"mail","code":"000000","principal":"ann"}"""));
        var answer = await proxy.PostAsync("/proxy/gate/unlock", $$"""{"group":"shell","code":"{{Now.Code(secret)}}","anonymous":true}""");
        Assert.Equal("200 {\"ok\":true,\"group\":\"shell\",\"result\":\"Group 'shell' unlocked. Auto-lock after 120m inactivity.\"}", answer.ToString());
        Assert.Equal("ran ls", await (await proxy.ConnectAsync(Era.Stateless)).TextAsync("sh", new { command = "ls" }));
        Assert.Equal("anonymous", (string?)(await proxy.GetAsync("/proxy/gate")).Json["groups"]![1]!["open"]![0]!["for"]!["kind"]);
        for (var i = 0; i < 4; i++)
            Assert.Equal(422, await Unlock("""{"group":"shell","code":"+12345","principal":"ann"}"""));
        Assert.Equal(429, await Unlock("""{"group":"shell","code":"+12345","principal":"ann"}"""));
        Assert.Equal(200, (await proxy.PostAsync("/proxy/gate/lock", """{"group":"shell"}""")).Status);
        Assert.Equal(404, (await proxy.PostAsync("/proxy/gate/lock", """{"group":"zz"}""")).Status);
        Assert.Equal(200, (await proxy.PostAsync("/proxy/gate/lock")).Status);
        Assert.Equal(403, (await proxy.PostAsync("/proxy/gate/lock", "{}", headers: ("Origin", "http://evil.example"))).Status);
    }

    [Theory, InlineData(Era.Sessions), InlineData(Era.Stateless)]
    public async Task S6_No_code_gets_into_any_log_on_any_path_at_any_level(string era)
    {
        _site.Write("config.yaml", Yaml + "\nlog_level: TRACE\ntool_loggers: [jsonl, text, transcript]\ntool_log_dir: calls\ndynamic_dispatch: true\n");
        var secret = await EnrollAsync("shell");
        var right = Now.Code(secret);
        List<string> codes = [right, "717171", "828282", "939393", "616161", "525252", "434343", "343434", "252525"];
        var text = new List<string>();
        await using (var proxy = await ProxyProcess.StartReadyAsync(_site, "serve", "--http", "0", "-c", "config.yaml"))
        {
            await using var events = ProxyProcess.Start(_site, "events", "--json");
            var client = await proxy.ConnectAsync(era);
            while (events.Output.Lines.Count == 0)
                await client.TextAsync("free");
            await client.TextAsync("gate_unlock", new { group = "shell", code = codes[1] });
            await client.TextAsync("gate_unlock", new { group = "shell", code = int.Parse(codes[2]) });
            await client.TextAsync("gate_unlock", new { group = codes[3], code = "shell" });
            await client.TextAsync("gate_unlock", new { group = "shell", cdoe = codes[4] });
            await client.TextAsync("proxy__run", new { tool = "gate_unlock", arguments = new { group = "shell", code = codes[5] } });
            await client.TextAsync("proxy__run", new { tool = "gate_unlok", arguments = new { group = "shell", code = codes[6] } });
            await client.TextAsync("proxy__command", new { name = "gate_unlock", arguments = new { group = "shell", code = codes[7] } });
            await proxy.PostAsync("/proxy/gate/unlock", $$"""{"group":"shell","code":"{{codes[8]}}","principal":"ann"}""");
            Assert.Equal(200, (await proxy.PostAsync("/proxy/gate/unlock", $$"""{"group":"shell","code":"{{right}}","principal":"ann"}""")).Status);
            await client.TextAsync("free");
            await events.Output.WaitForAsync("proxy__command");
            text.Add((await proxy.GetAsync("/proxy/logs?tail=1000")).Text);
            proxy.Send(Signal.Terminate);
            await proxy.ExitAsync();
            text.AddRange([proxy.Errors.Text, proxy.Output.Text, events.Output.Text]);
        }
        var files = Directory.GetFiles(_site["calls"], "*", SearchOption.AllDirectories);
        Assert.True(files.Length >= 3, $"{files.Length} files");
        text.AddRange(files.Select(File.ReadAllText));
        Assert.Contains(text, part => part.Contains("gate_unlock"));
        Assert.Contains("Gate: 'shell' unlocked (timeout=7200s) for principal ann", text[1]);
        foreach (var part in text)
            foreach (var code in codes)
                Assert.DoesNotMatch($@"(?<![\d.]){code}(?!\d)", part);
        Assert.DoesNotContain(text, part => part.Contains(secret));
    }

    async Task<string> EnrollAsync(string group, params string[] more) =>
        Secret().Match(await _site.SayAsync(["gate", "enroll", group, "-c", "config.yaml", .. more])).Groups[1].Value;

    [GeneratedRegex("^Secret: ([A-Z2-7]{32})$", RegexOptions.Multiline)]
    private static partial Regex Secret();
}
