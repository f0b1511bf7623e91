using McpScript.Model;

namespace McpScript.Unloading;

/// <summary>
/// Likely reasons why a generation stays in memory, from its code, the libraries that it loaded, and the state of its callbacks. Holds no live types.
/// </summary>
/// <param name="image">The plugin's code.</param>
/// <param name="loaded">The assemblies that its context has loaded.</param>
/// <param name="isStillLive">True if an OnLive callback has not returned.</param>
sealed class LingeringSuspects(AssemblyImage image, IReadOnlyList<string> loaded, bool isStillLive)
{
    /// <summary>Returns a sentence for users, the most likely reason first.</summary>
    public string Describe()
    {
        List<string> suspects = [.. Callbacks(), .. Code(), .. Libraries()];
        return suspects.Count > 0 ? $"Likely: {string.Join("; or ", suspects)}."
            : $"Nothing in its code{Checked(OwnLibraries())} is known to keep a plugin in memory; "
                + "check for code that passes its objects to the host or to static state.";
    }

    static string Checked(IEnumerable<string> libraries) =>
        string.Join(", ", libraries) is { Length: > 0 } names ? $" or in its libraries ({names})" : "";

    IEnumerable<string> Callbacks() =>
        isStillLive ? ["an mcp.OnLive callback that has not returned since mcp.Retiring fired; end it by the token that it gets"] : [];

    IReadOnlyList<string> Code()
    {
        try
        {
            return UnloadBlockerRules.Find(image.Assembly.AsMemory());
        }
        catch (BadImageFormatException)
        {
            // Expected for an image that did not load, of which only the empty context stays: no suspects.
            return [];
        }
    }

    IEnumerable<string> Libraries() =>
        from library in OwnLibraries()
        let pins = UnloadBlockerRules.FindInLibrary(image.Dependencies[library].Assembly.AsMemory())
        where pins.Count > 0
        select $"the library {library}, which uses {string.Join(", ", pins)}; close, dispose or shut down in mcp.OnUnload what the plugin has of it";

    // A library that was never loaded cannot hold a reference.
    IEnumerable<string> OwnLibraries() => loaded.Where(image.Dependencies.ContainsKey).Order(StringComparer.Ordinal);
}
