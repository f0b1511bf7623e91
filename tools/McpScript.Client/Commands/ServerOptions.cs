using System.CommandLine;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;

namespace McpScript.Client.Commands;

/// <summary>Options of all commands, before or after the command's name.</summary>
sealed class ServerOptions
{
    static readonly string[] Revisions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

    readonly Option<string> _token = new("--token", "-t")
    {
        Description = "Bearer token to send over HTTP; by default MCP_CLIENT_TOKEN.", HelpName = "TOKEN", Recursive = true,
    };

    readonly Option<string> _protocol = new("--protocol")
    {
        Description = $"Require a protocol revision: {string.Join(", ", Revisions)}. By default the newest that both sides support.",
        HelpName = "REVISION",
        Recursive = true,
    };

    readonly Option<string[]> _roots = new("--root")
    {
        Description = "A folder that the server may work in (an MCP root); may be given several times.", HelpName = "DIR", Recursive = true,
    };

    readonly Option<string> _save = new("--save")
    {
        Description = "Save images, audio and other bytes of results in this folder.", HelpName = "DIR", Recursive = true,
    };

    readonly Option<int> _timeout = new("--timeout")
    {
        Description = "Time limit for connecting, in seconds.", HelpName = "SECONDS", DefaultValueFactory = _ => 60, Recursive = true,
    };

    readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Show requests and results, and what a started server writes to stderr.", Recursive = true,
    };

    /// <summary>Creates the options with their validators.</summary>
    public ServerOptions()
    {
        _protocol.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !Revisions.Contains(value))
                result.AddError($"There is no protocol revision '{value}'.{SpellingHint.For(value, Revisions)} There are {string.Join(", ", Revisions)}.");
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

    /// <summary>Adds the options to the root command; they apply to all commands.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { _token, _protocol, _roots, _save, _timeout, _verbose })
            root.Options.Add(option);
    }

    /// <summary>Returns the settings of the connection.</summary>
    public ConnectionSettings Settings(ParseResult parsed, bool listens) =>
        new(parsed.GetValue(_protocol), TimeSpan.FromSeconds(parsed.GetValue(_timeout)), parsed.GetValue(_roots) ?? [], listens);

    /// <summary>Returns the bearer token; null if there is none or it is empty.</summary>
    public string? Token(ParseResult parsed) =>
        (parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable("MCP_CLIENT_TOKEN")) is { Length: > 0 } token ? token : null;

    /// <summary>Returns the folder for binary content; null to save nothing.</summary>
    public string? Save(ParseResult parsed) => parsed.GetValue(_save);

    /// <summary>Returns true for verbose output.</summary>
    public bool Verbose(ParseResult parsed) => parsed.GetValue(_verbose);
}
