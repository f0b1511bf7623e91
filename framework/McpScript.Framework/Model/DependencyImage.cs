using System.Collections.Immutable;
using System.Runtime.InteropServices;
using McpScript.FileSystem;

namespace McpScript.Model;

/// <summary>
/// A dependency of a plugin, read together with the plugin's own assembly, because its file may be replaced before the dependency is first used.
/// </summary>
/// <param name="Path">Path of the file that it was read from.</param>
/// <param name="Assembly">The assembly's bytes.</param>
/// <param name="Symbols">The assembly's portable PDB; empty if there is none.</param>
sealed record DependencyImage(string Path, ImmutableArray<byte> Assembly, ImmutableArray<byte> Symbols)
{
    /// <summary>Creates the image of an assembly that was read, with the PDB beside it.</summary>
    public static DependencyImage Of(string path, ImmutableArray<byte> assembly)
    {
        // The PDB is optional: it only adds line numbers to stack traces.
        var symbols = FileContent.Read(System.IO.Path.ChangeExtension(path, ".pdb")).Bytes ?? [];
        return new(path, assembly, ImmutableCollectionsMarshal.AsImmutableArray(symbols));
    }
}
