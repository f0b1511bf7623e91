namespace McpScript.Management;

/// <summary>What came of running a management command.</summary>
/// <param name="Command">Its name.</param>
/// <param name="Found">False if there is none of that name.</param>
/// <param name="Ok">False if there is none, or it failed.</param>
/// <param name="Result">What it returned, or why it failed.</param>
sealed record CommandResult(string Command, bool Found, bool Ok, string Result);
