using System.Runtime.InteropServices;

namespace McpScript.Testing;

/// <summary>A folder of a test's own, gone with the test.</summary>
public sealed partial class TestFolder : IDisposable
{
    readonly string _top = Directory.CreateTempSubdirectory("mcpscript-").FullName;

    /// <summary>A new, empty folder.</summary>
    public TestFolder() => Directory.CreateDirectory(Path = System.IO.Path.Combine(_top, "plugins"));

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>A folder beside it, on the same disk, that nobody watches.</summary>
    public string Outside => Directory.CreateDirectory(System.IO.Path.Combine(_top, "outside")).FullName;

    /// <summary>Where a configuration file would be: beside the folder, not in it.</summary>
    public string ConfigFile => System.IO.Path.Combine(_top, "config.yaml");

    /// <summary>A folder beside it for logs of tool calls; made by whoever logs.</summary>
    public string Logs => System.IO.Path.Combine(_top, "logs");

    /// <summary>A folder beside it for compiled scripts; made by whoever keeps some.</summary>
    public string Cache => System.IO.Path.Combine(_top, "cache");

    /// <summary>The absolute path of something in it.</summary>
    public string this[string path] => System.IO.Path.Combine(Path, path);

    /// <summary>Writes a file in place; folders on the way are made.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    /// <summary>Makes a symbolic link; one that is there is replaced in one step, as config maps are swapped.</summary>
    public void Link(string path, string target)
    {
        var fresh = System.IO.Path.Combine(Outside, System.IO.Path.GetRandomFileName());
        File.CreateSymbolicLink(fresh, target);
        // File.Move looks through a link to a folder and refuses; the system's rename does not.
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
