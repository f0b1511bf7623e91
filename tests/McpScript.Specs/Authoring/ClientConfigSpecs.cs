using System.Text.Json.Nodes;
using McpScript.Testing;
using McpScript.Testing.Processes;
using McpScript.Testing.Suites;
using ModelContextProtocol.Client;

namespace McpScript.Specs.Authoring;

/// <summary><c>mcp-proxy config</c>: entries that clients take as they are.</summary>
public sealed class ClientConfigSpecs : IDisposable
{
    readonly ProxySite _site = new(("say.csx", Say.Script("hello")));

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    [SuiteTheory(SlowSuites.Tools)]
    [InlineData("claude", "mcpServers")]
    [InlineData("vscode", "servers")]
    [InlineData("cursor", "mcpServers")]
    public async Task The_entry_starts_a_server_from_any_working_folder(string kind, string section)
    {
        var ran = await _site.RunAsync("config", kind, "--name", "my tools");
        Assert.Equal(0, ran.Code);
        var entry = JsonNode.Parse(ran.Output)![section]!["my tools"]!;
        Assert.Equal(kind == "vscode" ? "stdio" : null, (string?)entry["type"]);
        Assert.Equal(["serve", "--watch", "--plugin-dir", _site.Plugins], entry["args"]!.AsArray().Select(argument => (string)argument!));

        await using var client = await McpClient.CreateAsync(new StdioClientTransport(new()
        {
            Command = (string)entry["command"]!, Arguments = [.. entry["args"]!.AsArray().Select(argument => (string)argument!)], WorkingDirectory = "/",
            EnvironmentVariables = entry["env"]!.AsObject().ToDictionary(variable => variable.Key, variable => (string?)variable.Value)
                .Append(new("HOME", _site["home"])).ToDictionary(),
        }), new() { InitializationTimeout = TestHost.Patience, DiscoverProbeTimeout = TestHost.Patience });
        Assert.Equal("hello", await client.SayAsync("say"));
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task Claude_Code_is_configured_by_a_shell_command()
    {
        var ran = await _site.RunAsync("config", "claude", "--name", "my tools");
        Assert.Contains($"claude mcp add 'my tools' -- {BuiltProgram.Path} serve --watch --plugin-dir {_site.Plugins}", ran.Errors);
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task A_configuration_file_replaces_folders_and_without_either_the_command_reports_it()
    {
        var config = _site.Write("proxy.yaml", "plugin_dirs: [plugins]\n");
        var entry = JsonNode.Parse((await _site.RunAsync("config", "json", "--config", "proxy.yaml")).Output)!;
        Assert.Equal(["serve", "--watch", "--config", config], entry["args"]!.AsArray().Select(argument => (string)argument!));
        using var empty = new ProxySite();
        Assert.Equal(new(2, "", "Error: there is no plugin folder here, and the client would start the server in another folder. Name one with --plugin-dir."),
            await empty.RunAsync("config", "json"));
    }

    [SuiteFact(SlowSuites.Tools)]
    public async Task The_entry_of_a_program_that_dotnet_started_uses_dotnet_too()
    {
        await using var program = ProxyProcess.Start(_site, Path.Combine(BuiltProgram.DotnetRoot, "dotnet"), [BuiltProgram.Path + ".dll", "config", "json"]);
        Assert.Equal(0, await program.ExitAsync());
        var entry = JsonNode.Parse(program.Output.Text)!;
        Assert.Equal((Path.Combine(BuiltProgram.DotnetRoot, "dotnet"), BuiltProgram.Path + ".dll"), ((string)entry["command"]!, (string)entry["args"]![0]!));
    }
}
