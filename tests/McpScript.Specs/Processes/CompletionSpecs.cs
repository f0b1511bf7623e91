using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

/// <summary>Shells complete the program's command lines by asking it.</summary>
public class CompletionSpecs
{
    [Theory]
    [InlineData("mcp-proxy", "stat", "status")]
    [InlineData("mcp-proxy serve", "--pl", "--plugin-dir")]
    [InlineData("mcp-proxy completion", "f", "fish")]
    public async Task Bash_completes_commands_and_options(string before, string word, string completed)
    {
        using var site = new ProxySite();
        var line = $"{before} {word}";
        site.Environment["PATH"] = $"{Path.GetDirectoryName(BuiltProgram.Path)}:{site.Environment["PATH"]}";
        // As bash calls it when Tab is pressed.
        await using var bash = ProxyProcess.Start(site, "bash", ["-c", $"""
            source <(mcp-proxy completion bash)
            complete -p mcp-proxy
            COMP_LINE='{line}' COMP_POINT={line.Length} COMP_WORDS=({line}) COMP_CWORD={line.Split(' ').Length - 1}
            _mcp_proxy
            printf '%s\n' "$COMPREPLY"
            """]);
        Assert.Equal((0, $"complete -o default -F _mcp_proxy mcp-proxy\n{completed}"), (await bash.ExitAsync(), bash.Output.Text));
    }

    [Theory]
    [InlineData("zsh", "compdef _mcp_proxy mcp-proxy")]
    [InlineData("fish", "complete -c mcp-proxy")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName mcp-proxy")]
    public async Task Other_shells_get_a_script_too(string shell, string holds)
    {
        using var site = new ProxySite();
        await using var completion = ProxyProcess.Start(site, "completion", shell);
        Assert.Equal(0, await completion.ExitAsync());
        Assert.Contains(holds, completion.Output.Text);
    }
}
