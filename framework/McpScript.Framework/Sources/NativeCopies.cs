using System.Security.Cryptography;
using System.Text;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Where native libraries are loaded from: copies, because the system keeps hold of the files that it loads.</summary>
/// <remarks>
/// The copies of a plugin lie in one folder, so that they find each other, and the folder is named for their content: a reload that leaves them
/// unchanged uses the library that is loaded already, with its state, because the system never lets go of the code of a native library for sure.
/// </remarks>
sealed class NativeCopies : IDisposable
{
    readonly Lock _gate = new();
    string? _root;

    /// <summary>Copies files; returns where each of them is now, by file name.</summary>
    /// <exception cref="IOException">There is no room, or no right to write.</exception>
    public IReadOnlyDictionary<string, string> Of(PluginReference plugin, IReadOnlyList<(SourceFile File, byte[] Content)> files)
    {
        var hashes = string.Concat(files.Select(file => $"{Path.GetFileName(file.File.Path)}:{file.File.Hash}\n"));
        lock (_gate)
        {
            // Made by the system with a random name and for us alone: nobody else may put a library there.
            _root ??= Directory.CreateTempSubdirectory("mcp-proxy-").FullName;
            var folder = Path.Combine(_root, $"{plugin}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashes)))[..16]}");
            if (!Directory.Exists(folder))
                Write(folder, files);
            return files.ToDictionary(file => Path.GetFileName(file.File.Path), file => Path.Combine(folder, Path.GetFileName(file.File.Path)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                if (_root is not null)
                    Directory.Delete(_root, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Windows does not delete what is loaded. It lies in the folder for such things, and the system clears that up one day.
            }
            _root = null;
        }
    }

    // Complete or not there: a half-filled folder would be taken for the real one the next time.
    static void Write(string folder, IReadOnlyList<(SourceFile File, byte[] Content)> files)
    {
        var unfinished = folder + ".new";
        Directory.CreateDirectory(unfinished);
        foreach (var (file, content) in files)
            File.WriteAllBytes(Path.Combine(unfinished, Path.GetFileName(file.Path)), content);
        Directory.Move(unfinished, folder);
    }
}
