using System.Runtime.InteropServices;

namespace McpScript.Framework.Tests.Reconcile;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mcpscript-watching-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public string Folder(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    public string File(string relative, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        System.IO.File.WriteAllText(this[relative], content);
        return this[relative];
    }

    public string Link(string relative, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        return System.IO.File.CreateSymbolicLink(this[relative], target).FullName;
    }

    /// <summary>As <c>mv -T</c>: .NET moves no link to a folder over another.</summary>
    public void RenameOver(string from, string to) => Assert.Equal(0, Rename(this[from], this[to]));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    [DllImport("libc", EntryPoint = "rename")]
    static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
