namespace McpScript;

/// <summary>A tool that is being offered, for what else there is to say of it; until registration returns.</summary>
public interface IToolBuilder
{
    /// <summary>Guards the tool: it runs only for callers who have unlocked the group with a one-time code. Several groups: all of them.</summary>
    /// <param name="group">A group of the configuration's <c>gate.groups</c>.</param>
    /// <exception cref="InvalidOperationException">The tool has been made already, so that nobody could be held back any more.</exception>
    IToolBuilder Protect(string group);
}
