namespace McpScript.Management;

/// <summary>Outcome of running a management command.</summary>
/// <param name="Command">Name of the command.</param>
/// <param name="Found">False if no command has that name.</param>
/// <param name="Ok">False if it was not found or failed.</param>
/// <param name="Result">The result of the command, or the reason why it failed.</param>
sealed record CommandResult(string Command, bool Found, bool Ok, string Result);
