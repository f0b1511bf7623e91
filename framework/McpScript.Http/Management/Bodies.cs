using McpScript.Management;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Http.Management;

// The small bodies of the management API, together because each is a line.

/// <summary>What load, unload and reload are asked with.</summary>
sealed record PluginRequest(string? Plugin);

/// <summary><c>GET /proxy/plugins</c></summary>
sealed record PluginsBody(IReadOnlyList<string> Plugins);

/// <summary><c>GET /proxy/tools</c></summary>
sealed record ToolsBody(IReadOnlyList<string> Tools);

/// <summary><c>GET /proxy/available</c></summary>
sealed record AvailableBody(IReadOnlyList<AvailableEntry> Available);

/// <summary>What an installation is asked with.</summary>
/// <param name="Package"><c>ID</c> or <c>ID@version</c>.</param>
/// <param name="Sources">Folders and feeds that are asked before the configured sources.</param>
/// <param name="Prerelease">Unfinished versions count too.</param>
sealed record InstallRequest(string? Package, IReadOnlyList<string>? Sources, bool Prerelease = false);

/// <summary>What an update is asked with; no package means all.</summary>
sealed record UpdateRequest(string? Package, IReadOnlyList<string>? Sources);

/// <summary><c>GET /proxy/logs</c></summary>
sealed record LogsBody(IReadOnlyList<string> Lines);

/// <summary><c>GET /proxy/commands</c>: the names, as the original has them, and what they do.</summary>
sealed record CommandsBody(IReadOnlyList<string> Commands, IReadOnlyList<CommandEntry> Details)
{
    /// <summary>The body of a list of commands.</summary>
    public static CommandsBody Of(IReadOnlyList<CommandEntry> commands) => new([.. commands.Select(command => command.Name)], commands);
}

/// <summary>A command that ran.</summary>
sealed record CommandBody(string Command, string Result);

/// <summary>A change that was carried out.</summary>
sealed record ChangeBody(bool Ok, string Plugin, IReadOnlyList<string>? Tools, IReadOnlyList<string>? Removed, int? Generation)
{
    /// <summary>The body of a result; of an unload it has what was removed, else the tools there are.</summary>
    public static ChangeBody Of(ChangeResult result) => result.Kind == PluginChangeKind.Unload
        ? new(true, result.Name, null, result.Removed, null)
        : new(true, result.Name, result.Plugin?.Tools, null, result.Plugin?.Generation);
}

/// <summary>Anything that was not carried out.</summary>
sealed record FailureBody(bool Ok, string Error, string? Stage, IReadOnlyList<PluginProblem>? Problems)
{
    /// <summary>The body of a failed change.</summary>
    public static FailureBody Of(ChangeResult result) => new(
        false, result.Error ?? "", result.Stage is { } stage ? PluginLoadException.Verb(stage) : null, result.Problems.IsEmpty ? null : result.Problems);
}
