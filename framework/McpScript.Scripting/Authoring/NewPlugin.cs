using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using McpScript.Model;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Authoring;

/// <summary>A plugin that was created from a template.</summary>
/// <param name="Path">The absolute path of its folder, or of its script.</param>
/// <param name="Files">Its files, the one to begin with first.</param>
sealed record NewPlugin(string Path, ImmutableArray<NewPluginFile> Files)
{
    /// <summary>Creates a plugin. The files are written to a temporary folder and moved as a whole, so that a watcher never finds a part of them.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="kind">The kind of plugin.</param>
    /// <param name="folder">The absolute path of its parent folder; created if it is missing.</param>
    /// <exception cref="NewPluginException">The plugin cannot be created; nothing was overwritten.</exception>
    public static NewPlugin Create(string name, NewPluginKind kind, string folder)
    {
        CheckName(name, kind);
        var files = new NewPluginTexts(name).Of(kind).ToImmutableArray();
        try
        {
            Directory.CreateDirectory(folder);
            if (Taken(name, folder) is { } taken)
                throw new NewPluginException($"{taken} already exists, and nothing is overwritten. Choose another name, or remove it first.");
            return new(MoveIn(name, kind, folder, files), files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected for a read-only folder, a file of that name, a full disk, or another process that has created the same plugin.
            throw new NewPluginException($"'{name}' cannot be created in {folder}: {e.Message.TrimEnd('.')}. Nothing was changed.");
        }
    }

    static void CheckName(string name, NewPluginKind kind)
    {
        if (!PluginReference.IsValidName(name))
            throw new NewPluginException(PluginReference.InvalidName(name));
        if (name.EndsWith('.') || (kind == NewPluginKind.Script && ScriptTest.IsTest($"{name}.csx")))
        {
            var reason = name.EndsWith('.') ? "it ends in a dot, which some systems drop" : $"'{name}.csx' would count as a test";
            throw new NewPluginException($"'{name}' is not a valid name: {reason}. Choose another one.");
        }
    }

    // In any form and any case: the host treats all of them as the same plugin.
    static string? Taken(string name, string folder) => Directory.EnumerateFileSystemEntries(folder)
        .FirstOrDefault(path => new[] { name, $"{name}.csx", $"{name}.dll" }.Contains(System.IO.Path.GetFileName(path), StringComparer.OrdinalIgnoreCase));

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "Written into a folder beside and moved.")]
    static string MoveIn(string name, NewPluginKind kind, string folder, IEnumerable<NewPluginFile> files)
    {
        // On the same disk, so that it can be moved, and hidden from the watcher.
        var beside = Directory.CreateDirectory(System.IO.Path.Combine(folder, $".new-{Guid.NewGuid():N}")).FullName;
        try
        {
            foreach (var file in files)
                File.WriteAllText(System.IO.Path.Combine(beside, file.Name), file.Text);
            var path = System.IO.Path.Combine(folder, kind == NewPluginKind.Script ? $"{name}.csx" : name);
            if (kind == NewPluginKind.Script)
                File.Move(System.IO.Path.Combine(beside, $"{name}.csx"), path, overwrite: false);
            else
                Directory.Move(beside, path);
            return path;
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }
}
