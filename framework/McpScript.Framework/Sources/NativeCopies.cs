using System.Security.Cryptography;
using System.Text;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Copies native libraries and loads the copies, because the system locks files that it has loaded. Thread-safe.</summary>
/// <remarks>
/// The copies of a plugin are in one folder, so that they find each other, and the folder is named by the hash of their content: a reload that leaves them
/// unchanged uses the library that is already loaded, with its state, because the system does not reliably unload native libraries.
/// </remarks>
sealed class NativeCopies : IDisposable
{
    readonly Lock _gate = new();
    string? _root;

    /// <summary>Copies files; returns the paths of the copies by file name.</summary>
    /// <exception cref="IOException">The copies cannot be written.</exception>
    public IReadOnlyDictionary<string, string> Of(PluginReference plugin, IReadOnlyList<(SourceFile File, byte[] Content)> files)
    {
        var hashes = string.Concat(files.Select(file => $"{Path.GetFileName(file.File.Path)}:{file.File.Hash}\n"));
        lock (_gate)
        {
            // Created by the system with a random name and accessible only to this user, so that no other user can place a library there.
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
                // Windows does not delete loaded libraries. They are in the temporary folder, which the system cleans up.
            }
            _root = null;
        }
    }

    // The folder appears complete or not at all: a half-filled one would be used by the next load.
    static void Write(string folder, IReadOnlyList<(SourceFile File, byte[] Content)> files)
    {
        var unfinished = folder + ".new";
        Directory.CreateDirectory(unfinished);
        foreach (var (file, content) in files)
            File.WriteAllBytes(Path.Combine(unfinished, Path.GetFileName(file.Path)), content);
        Directory.Move(unfinished, folder);
    }
}
