using System.Collections.Immutable;
using System.Runtime.InteropServices;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>
/// An assembly that a plugin brings along, as it was read together with the plugin's own: its file may be replaced long before it is first used.
/// </summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Assembly">Its bytes.</param>
/// <param name="Symbols">Its portable PDB; empty if there is none.</param>
sealed record DependencyImage(string Path, ImmutableArray<byte> Assembly, ImmutableArray<byte> Symbols)
{
    /// <summary>An assembly that was read, with the PDB beside it.</summary>
    public static DependencyImage Of(string path, ImmutableArray<byte> assembly)
    {
        // Only for line numbers in stack traces: whoever has none gets none.
        var symbols = FileContent.Read(System.IO.Path.ChangeExtension(path, ".pdb")).Bytes ?? [];
        return new(path, assembly, ImmutableCollectionsMarshal.AsImmutableArray(symbols));
    }
}
