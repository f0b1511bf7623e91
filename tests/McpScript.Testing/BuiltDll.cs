namespace McpScript.Testing;

/// <summary>Output of the build of a library.</summary>
/// <param name="Name">Name of the assembly.</param>
/// <param name="Assembly">Bytes of the DLL.</param>
/// <param name="Symbols">Bytes of the portable PDB.</param>
/// <param name="Documentation">Bytes of the XML documentation.</param>
public sealed record BuiltDll(string Name, byte[] Assembly, byte[] Symbols, byte[] Documentation)
{
    /// <summary>Writes the DLL to a folder, which is created if missing. An existing file is overwritten in place, as builds do.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, Name + ".dll"), Assembly);
    }

    /// <summary>Writes the DLL, its symbols and its documentation to a folder.</summary>
    public void WriteAllTo(string folder)
    {
        WriteTo(folder);
        File.WriteAllBytes(Path.Combine(folder, Name + ".pdb"), Symbols);
        File.WriteAllBytes(Path.Combine(folder, Name + ".xml"), Documentation);
    }
}
