using System.Globalization;
using System.Text.RegularExpressions;

namespace McpScript.Testing.Processes;

/// <summary>The line that mcp-proxy writes to stderr when it is ready.</summary>
/// <param name="Plugins">Number of loaded plugins.</param>
/// <param name="Tools">Number of their tools.</param>
/// <param name="Mcp">The MCP endpoint; null over stdio.</param>
/// <param name="Management">The management API.</param>
/// <param name="Health">The health endpoint; null if there is none.</param>
public sealed partial record ReadyLine(int Plugins, int Tools, Uri? Mcp, Uri Management, Uri? Health)
{
    /// <summary>Parses a line; null if it is not the ready line.</summary>
    public static ReadyLine? Read(string line)
    {
        var match = Pattern().Match(line);
        return match.Success ? new(Number(match, "plugins"), Number(match, "tools"), Url(match, "mcp"), Url(match, "management")!, Url(match, "health")) : null;
    }

    static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    static Uri? Url(Match match, string group) => match.Groups[group].Success ? new(match.Groups[group].Value) : null;

    [GeneratedRegex(@"Proxy ready: (?<plugins>\d+) plugin\(s\), (?<tools>\d+) tools; (stdio|(?<mcp>http[^\s,]+)), "
        + @"management (?<management>http[^\s,""]+)(, health (off|(?<health>http[^\s,""]+)))?")]
    private static partial Regex Pattern();
}
