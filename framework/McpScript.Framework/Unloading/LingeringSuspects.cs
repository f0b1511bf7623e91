using McpScript.Model;

namespace McpScript.Unloading;

/// <summary>
/// Suspects for what keeps a generation in memory: found in its code, in the libraries that it loaded, and in what the host knows of it. Holds no live
/// types.
/// </summary>
/// <param name="image">The plugin's code.</param>
/// <param name="loaded">The assemblies that were loaded in its context.</param>
/// <param name="isStillLive">True if what it does while it is live has not returned.</param>
sealed class LingeringSuspects(AssemblyImage image, IReadOnlyList<string> loaded, bool isStillLive)
{
    /// <summary>A sentence for people, the most likely cause first.</summary>
    public string Describe()
    {
        List<string> suspects =
        [
            .. isStillLive ? ["an mcp.OnLive callback that has not returned since mcp.Retiring fired; end it by the token that it gets"] : Array.Empty<string>(),
            .. Code(),
            .. Libraries(),
        ];
        return suspects.Count > 0 ? $"Likely: {string.Join("; or ", suspects)}."
            : "Nothing known to pin is used in its code" + (OwnLibraries().ToList() is { Count: > 0 } libraries ? $" or in its libraries ({string.Join(", ", libraries)})" : "")
                + "; look for what hands its objects to the host or to static state.";
    }

    IReadOnlyList<string> Code()
    {
        try
        {
            return UnloadBlockerRules.Find(image.Assembly.AsMemory());
        }
        catch (BadImageFormatException)
        {
            // It did not load, and what lingers is its empty context: reported without a suspicion.
            return [];
        }
    }

    IEnumerable<string> Libraries() =>
        from library in OwnLibraries()
        let pins = UnloadBlockerRules.FindInLibrary(image.Dependencies[library].Assembly.AsMemory())
        where pins.Count > 0
        select $"the library {library}, which uses {string.Join(", ", pins)}; close, dispose or shut down in mcp.OnUnload what the plugin has of it";

    // A library that was never loaded holds nothing.
    IEnumerable<string> OwnLibraries() => loaded.Where(image.Dependencies.ContainsKey).Order(StringComparer.Ordinal);
}
