using System.Runtime.InteropServices;

namespace McpScript.Testing;

/// <summary>Temporary plugin folder of a test, deleted at its end.</summary>
public sealed partial class TestFolder : IDisposable
{
    readonly string _top = Directory.CreateTempSubdirectory("mcpscript-").FullName;

    /// <summary>Creates an empty folder.</summary>
    public TestFolder() => Directory.CreateDirectory(Path = System.IO.Path.Combine(_top, "plugins"));

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>A folder beside it, on the same disk, that is not watched.</summary>
    public string Outside => Directory.CreateDirectory(System.IO.Path.Combine(_top, "outside")).FullName;

    /// <summary>Path of the configuration file, beside the folder.</summary>
    public string ConfigFile => System.IO.Path.Combine(_top, "config.yaml");

    /// <summary>Folder for the tool-call logs, beside it; created at the first log.</summary>
    public string Logs => System.IO.Path.Combine(_top, "logs");

    /// <summary>Folder for the compile cache, beside it; created at first use.</summary>
    public string Cache => System.IO.Path.Combine(_top, "cache");

    /// <summary>Absolute path of a file or folder in it.</summary>
    public string this[string path] => System.IO.Path.Combine(Path, path);

    /// <summary>Writes a file in place; missing folders are created.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    /// <summary>Creates a symbolic link; an existing one is replaced atomically, as Kubernetes swaps config maps.</summary>
    public void Link(string path, string target)
    {
        var fresh = System.IO.Path.Combine(Outside, System.IO.Path.GetRandomFileName());
        File.CreateSymbolicLink(fresh, target);
        // File.Move follows a link to a folder and fails; rename(2) replaces the link.
        if (Rename(fresh, this[path]) != 0)
            throw new IOException($"rename to {path}: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>Deletes a file.</summary>
    public void Delete(string path) => File.Delete(this[path]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_top, recursive: true);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);
}
