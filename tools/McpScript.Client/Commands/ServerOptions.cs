using System.CommandLine;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;

namespace McpScript.Client.Commands;

/// <summary>Options of all commands, before or after the command's name.</summary>
sealed class ServerOptions
{
    static readonly string[] s_revisions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

    readonly Option<string> _token = new("--token", "-t") { Description = "Bearer token to show over HTTP; by default MCP_CLIENT_TOKEN.", HelpName = "TOKEN", Recursive = true };
    readonly Option<string> _protocol = new("--protocol") { Description = $"Insist on a protocol revision: {string.Join(", ", s_revisions)}. By default the newest that both sides know.", HelpName = "REVISION", Recursive = true };
    readonly Option<string[]> _roots = new("--root") { Description = "A folder that the server is told we work in; may be given several times.", HelpName = "DIR", Recursive = true };
    readonly Option<string> _save = new("--save") { Description = "Save images, sounds and other bytes of results in this folder.", HelpName = "DIR", Recursive = true };
    readonly Option<int> _timeout = new("--timeout") { Description = "Seconds to wait for the server's first answers.", HelpName = "SECONDS", DefaultValueFactory = _ => 60, Recursive = true };
    readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show the traffic, and what a program writes to stderr.", Recursive = true };

    /// <summary>They.</summary>
    public ServerOptions()
    {
        _protocol.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !s_revisions.Contains(value))
                result.AddError($"There is no protocol revision '{value}'.{SpellingHint.For(value, s_revisions)} There are {string.Join(", ", s_revisions)}.");
        });
        _roots.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !Directory.Exists(token.Value)))
                result.AddError($"--root: there is no folder '{token.Value}'.");
        });
        _timeout.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && int.TryParse(value, out var seconds) && seconds < 1)
                result.AddError($"--timeout takes at least one second, not {seconds}.");
        });
    }

    /// <summary>Puts them on the root, for all commands.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { _token, _protocol, _roots, _save, _timeout, _verbose })
            root.Options.Add(option);
    }

    /// <summary>How to connect.</summary>
    public ConnectionSettings Settings(ParseResult parsed, bool listens) =>
        new(parsed.GetValue(_protocol), TimeSpan.FromSeconds(parsed.GetValue(_timeout)), parsed.GetValue(_roots) ?? [], listens);

    /// <summary>The token to show; an empty one counts as none.</summary>
    public string? Token(ParseResult parsed) => (parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable("MCP_CLIENT_TOKEN")) is { Length: > 0 } token ? token : null;

    /// <summary>Where to save.</summary>
    public string? Save(ParseResult parsed) => parsed.GetValue(_save);

    /// <summary>True to tell more.</summary>
    public bool Verbose(ParseResult parsed) => parsed.GetValue(_verbose);
}
