using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using McpScript.Model;
using McpScript.Scripting.Scripts;

namespace McpScript.Scripting.Authoring;

/// <summary>A plugin that was made from nothing.</summary>
/// <param name="Path">The absolute path of its folder, or of its script.</param>
/// <param name="Files">What is in it, the one to begin with first.</param>
sealed record NewPlugin(string Path, ImmutableArray<NewPluginFile> Files)
{
    /// <summary>Makes one. It is written beside and moved in as a whole, so that whoever watches the folder sees all of it or nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What it is made of.</param>
    /// <param name="folder">The absolute path of the folder that it goes into; made if it is missing.</param>
    /// <exception cref="NewPluginException">It cannot be made; nothing was overwritten.</exception>
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
            // A folder that is read-only or a file, a full disk, or somebody who was faster.
            throw new NewPluginException($"'{name}' cannot be made in {folder}: {e.Message.TrimEnd('.')}. Nothing was changed.");
        }
    }

    static void CheckName(string name, NewPluginKind kind)
    {
        if (!PluginReference.IsValidName(name))
            throw new NewPluginException(PluginReference.InvalidName(name));
        if (name.EndsWith('.') || (kind == NewPluginKind.Script && ScriptTest.IsTest($"{name}.csx")))
            throw new NewPluginException($"'{name}' is no good name: {(name.EndsWith('.') ? "it ends in a dot, which some systems drop" : $"'{name}.csx' would be taken for a test")}. Choose another one.");
    }

    // In any form, and in any case: to the host they are all the same plugin.
    static string? Taken(string name, string folder) => Directory.EnumerateFileSystemEntries(folder)
        .FirstOrDefault(path => new[] { name, $"{name}.csx", $"{name}.dll" }.Contains(System.IO.Path.GetFileName(path), StringComparer.OrdinalIgnoreCase));

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "Written into a folder beside and moved.")]
    static string MoveIn(string name, NewPluginKind kind, string folder, IEnumerable<NewPluginFile> files)
    {
        // On the same disk, and hidden from whoever looks for plugins.
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
