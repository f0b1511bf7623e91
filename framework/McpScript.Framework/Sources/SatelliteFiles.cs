using System.Text.RegularExpressions;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Finds satellite assemblies as .NET lays them out: <c>&lt;culture&gt;/&lt;name&gt;.resources.dll</c> beside the assembly.</summary>
static partial class SatelliteFiles
{
    const string Ending = ".resources.dll";

    /// <summary>Finds the satellites of assemblies in the culture folders of a folder, each with its key.</summary>
    /// <param name="folder">The folder of the assemblies.</param>
    /// <param name="names">The assemblies' simple names.</param>
    public static IReadOnlyList<(string Key, string Path)> Beside(string folder, IReadOnlyCollection<string> names)
    {
        try
        {
            return
            [
                .. from culture in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
                   where Culture().IsMatch(Path.GetFileName(culture))
                   from name in names
                   let path = Path.Combine(culture, name + Ending)
                   where File.Exists(path)
                   select (SatelliteKey.Of(Path.GetFileName(culture), name + ".resources"), path),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted or unreadable: the neutral resources are used, as .NET does without satellites.
            return [];
        }
    }

    // Names of cultures (BCP 47). A folder that only resembles one, such as 'runtimes', does no harm: only files of a known name count.
    [GeneratedRegex(@"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex Culture();
}
