namespace McpScript.Testing;

/// <summary>What a build makes of a library.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Assembly">The DLL.</param>
/// <param name="Symbols">Its portable PDB.</param>
/// <param name="Documentation">Its XML comments.</param>
public sealed record BuiltDll(string Name, byte[] Assembly, byte[] Symbols, byte[] Documentation)
{
    /// <summary>Puts the DLL into a folder, which is made if need be, in place as a build does it.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, Name + ".dll"), Assembly);
    }

    /// <summary>Puts the DLL with symbols and documentation into a folder.</summary>
    public void WriteAllTo(string folder)
    {
        WriteTo(folder);
        File.WriteAllBytes(Path.Combine(folder, Name + ".pdb"), Symbols);
        File.WriteAllBytes(Path.Combine(folder, Name + ".xml"), Documentation);
    }
}
