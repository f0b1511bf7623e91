using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using McpScript.FileSystem;

namespace McpScript.Packages;

/// <summary>One lock file on disk, and what it said when it could last be understood. Not safe for concurrent use.</summary>
/// <param name="path">Its absolute path.</param>
/// <param name="folder">The plugin folder that its entries belong to, and that relative paths in it start from.</param>
/// <param name="isOfState">True for the file in the state folder, which names its plugin folder.</param>
/// <param name="notUnderstood">Receives the reason when a text that was read cannot be understood.</param>
sealed class LockFile(string path, string folder, bool isOfState, Action<string, string> notUnderstood)
{
    (string? Text, ImmutableArray<InstalledPackage> Packages) _read = (null, []);

    /// <summary>Its absolute path.</summary>
    public string Path => path;

    /// <summary>The packages that it lists; while it is broken, those that it listed before.</summary>
    public ImmutableArray<InstalledPackage> Packages
    {
        get
        {
            var text = ReadText();
            if (text == _read.Text)
                return _read.Packages;
            if (text is null || LockFileText.IsOfProject(text) || IsOfAnother(text))
                _read = (text, []);
            else if (LockFileText.WhyNot(text, folder) is not { } why)
                _read = (text, LockFileText.Read(text, folder));
            else
            {
                // Half-merged, perhaps: what it said before stays true until it is mended.
                _read = (text, _read.Packages);
                notUnderstood(path, why);
            }
            return _read.Packages;
        }
    }

    /// <summary>Makes sure that the file may be written over.</summary>
    /// <exception cref="PackageException">It belongs to something else, or cannot be understood.</exception>
    public void Check()
    {
        if (ReadText() is not { } text)
            return;
        if (LockFileText.IsOfProject(text))
            throw Failed($"'{path}' is the lock file of a .NET project. Make the plugin folder another one than the project's.");
        if (LockFileText.WhyNot(text, folder) is { } why)
            throw Failed($"'{path}' cannot be understood, so nothing is written to it: {why}");
        if (IsOfAnother(text))
            throw Failed($"'{path}' lists the packages of another plugin folder, '{LockFileText.FolderOf(text)}'. Give this proxy a state folder of its own: 'state_dir' in the configuration, or MCP_STATE_DIR.");
    }

    /// <summary>Writes these packages, in one step.</summary>
    /// <exception cref="PackageException">It cannot be written; the file is as it was.</exception>
    public void Write(ImmutableArray<InstalledPackage> packages)
    {
        var text = LockFileText.Write(packages, folder, isOfState ? folder : null);
        try
        {
            if (isOfState)
                PrivateFile.Write(path, Encoding.UTF8.GetBytes(text));
            else
                WriteBeside(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed($"'{path}' cannot be written: {e.Message.TrimEnd('.')}. Make {(isOfState ? "the state" : "the plugin")} folder writable.");
        }
        // Known without reading it again: were the file broken before the next look, this is what it said last.
        _read = (text, packages);
    }

    // Readable as others in that folder are: it is made to be committed.
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "Written beside the lock file and moved over it.")]
    void WriteBeside(string text)
    {
        var unfinished = $"{path}.{System.IO.Path.GetRandomFileName()}";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
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
            // Expected: nothing is installed.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Closed to this process for now: that is no uninstallation.
            return _read.Text;
        }
    }

    static PackageException Failed(string message) => new([new(message, PackageProblemCodes.LockFile)]);
}
