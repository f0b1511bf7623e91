using System.Collections.Immutable;
using System.Text;
using McpScript.FileSystem;

namespace McpScript.Packages;

/// <summary>One lock file on disk, with its last valid content. Not safe for concurrent use.</summary>
/// <param name="path">Its absolute path.</param>
/// <param name="folder">The plugin folder that its entries belong to, and the base of its relative paths.</param>
/// <param name="isOfState">True for the file in the state folder, which names its plugin folder.</param>
/// <param name="notUnderstood">Receives the path and the reason if the content is not valid.</param>
sealed class LockFile(string path, string folder, bool isOfState, Action<string, string> notUnderstood)
{
    (string? Text, ImmutableArray<InstalledPackage> Packages) _read = (null, []);

    /// <summary>Its absolute path.</summary>
    public string Path => path;

    /// <summary>The packages that it lists; while the file is not valid, those of its last valid content.</summary>
    public ImmutableArray<InstalledPackage> Packages
    {
        get
        {
            var text = ReadText();
            if (text == _read.Text)
                return _read.Packages;
            if (text is null || LockFileText.IsOfProject(text))
                _read = (text, []);
            else if (LockFileText.WhyNot(text, folder) is { } why)
            {
                // For example after an unfinished merge: the last valid content stays in force until the file is corrected.
                _read = (text, _read.Packages);
                notUnderstood(path, why);
            }
            else
                _read = (text, IsOfAnother(text) ? [] : LockFileText.Read(text, folder));
            return _read.Packages;
        }
    }

    /// <summary>Checks that the file may be overwritten.</summary>
    /// <exception cref="PackageException">The file belongs to another program or folder, or is not valid.</exception>
    public void Check()
    {
        if (ReadText() is not { } text)
            return;
        if (LockFileText.IsOfProject(text))
            throw Failed($"'{path}' is the lock file of a .NET project. Use a plugin folder other than the project's.");
        if (LockFileText.WhyNot(text, folder) is { } why)
            throw Failed($"'{path}' cannot be understood, so nothing is written to it: {why}");
        if (IsOfAnother(text))
        {
            var problem = $"'{path}' lists the packages of another plugin folder, '{LockFileText.FolderOf(text)}'.";
            throw Failed($"{problem} Give this proxy a state folder of its own: 'state_dir' in the configuration, or MCP_STATE_DIR.");
        }
    }

    /// <summary>Writes packages, atomically.</summary>
    /// <exception cref="PackageException">The file cannot be written; it is unchanged.</exception>
    public void Write(ImmutableArray<InstalledPackage> packages)
    {
        var text = LockFileText.Write(packages, folder, isOfState ? folder : null);
        try
        {
            if (isOfState)
                PrivateFile.Write(path, Encoding.UTF8.GetBytes(text));
            else
                // With default permissions, because the file is meant to be committed.
                AtomicFile.Write(path, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed($"'{path}' cannot be written: {e.Message.TrimEnd('.')}. Make {(isOfState ? "the state" : "the plugin")} folder writable.");
        }
        // Remembered without reading it again, so that it is the last valid content even if the file is damaged before the next read.
        _read = (text, packages);
    }

    bool IsOfAnother(string text) => isOfState && LockFileText.FolderOf(text) is { } other && other != folder;

    string? ReadText()
    {
        try
        {
            return Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Expected: no packages are installed.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file cannot be read now, which does not mean that the packages were uninstalled.
            return _read.Text;
        }
    }

    static PackageException Failed(string message) => new([new(message, PackageProblemCodes.LockFile)]);
}
