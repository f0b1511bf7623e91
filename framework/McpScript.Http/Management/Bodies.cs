using McpScript.Management;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Http.Management;

// The small bodies of the management API share a file, because each is a line.

/// <summary>Body of load, unload and reload requests.</summary>
sealed record PluginRequest(string? Plugin);

/// <summary><c>GET /proxy/plugins</c></summary>
sealed record PluginsBody(IReadOnlyList<string> Plugins);

/// <summary><c>GET /proxy/tools</c></summary>
sealed record ToolsBody(IReadOnlyList<string> Tools);

/// <summary><c>GET /proxy/available</c></summary>
sealed record AvailableBody(IReadOnlyList<AvailableEntry> Available);

/// <summary>Body of an installation request.</summary>
/// <param name="Package"><c>ID</c> or <c>ID@version</c>.</param>
/// <param name="Sources">Folders and feeds that are searched before the configured sources.</param>
/// <param name="Prerelease">True to include prerelease versions.</param>
sealed record InstallRequest(string? Package, IReadOnlyList<string>? Sources, bool Prerelease = false);

/// <summary>Body of an update request; without a package all are updated.</summary>
sealed record UpdateRequest(string? Package, IReadOnlyList<string>? Sources);

/// <summary><c>GET /proxy/logs</c></summary>
sealed record LogsBody(IReadOnlyList<string> Lines);

/// <summary><c>GET /proxy/commands</c>: the names, as in the Python original, and the details.</summary>
sealed record CommandsBody(IReadOnlyList<string> Commands, IReadOnlyList<CommandEntry> Details)
{
    /// <summary>Returns the body for a list of commands.</summary>
    public static CommandsBody Of(IReadOnlyList<CommandEntry> commands) => new([.. commands.Select(command => command.Name)], commands);
}

/// <summary>Response of a command that succeeded.</summary>
sealed record CommandBody(string Command, string Result);

/// <summary>Response of a plugin change that succeeded.</summary>
sealed record ChangeBody(bool Ok, string Plugin, IReadOnlyList<string>? Tools, IReadOnlyList<string>? Removed, int? Generation)
{
    /// <summary>Returns the body of a result: the removed tools for an unload, the current tools otherwise.</summary>
    public static ChangeBody Of(ChangeResult result) => result.Kind == PluginChangeKind.Unload
        ? new(true, result.Name, null, result.Removed, null)
        : new(true, result.Name, result.Plugin?.Tools, null, result.Plugin?.Generation);
}

/// <summary>Response of a request that failed.</summary>
sealed record FailureBody(bool Ok, string Error, string? Stage, IReadOnlyList<PluginProblem>? Problems)
{
    /// <summary>Returns the body of a failed change.</summary>
    public static FailureBody Of(ChangeResult result) => new(
        false, result.Error ?? "", result.Stage is { } stage ? PluginLoadException.Verb(stage) : null, result.Problems.IsEmpty ? null : result.Problems);
}
