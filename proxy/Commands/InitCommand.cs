using System.CommandLine;
using System.Text;
using McpScript.FileSystem;
using McpScript.Scripting.Authoring;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy init [DIR]</c>: writes editor settings for scripts, and a debugger configuration.</summary>
sealed class InitCommand : Command
{
    const int Done = 0, Failed = 1;

    readonly Argument<string> _folder = new("DIR")
    {
        Description = "The folder that is opened in the editor; by default the current folder.", DefaultValueFactory = _ => ".",
    };

    readonly Option<bool> _force = new("--force") { Description = "Overwrite files that have other content." };

    public InitCommand() : base("init", "Write what editors need to understand scripts (omnisharp.json, VS Code), and a debugger configuration.")
    {
        Arguments.Add(_folder);
        Options.Add(_force);
        SetAction(Run);
    }

    int Run(ParseResult parsed)
    {
        var folder = Path.GetFullPath(parsed.GetValue(_folder)!);
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"Error: the folder {folder} does not exist. Create it, or name another one.");
            return CommonOptions.Usage;
        }
        try
        {
            return EditorFiles.All().Aggregate(true, (ok, file) => Write(folder, file, parsed.GetValue(_force)) && ok) ? Done : Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is read-only, or a file is where a folder should be.
            Console.Error.WriteLine($"Error: {e.Message.TrimEnd('.')}. Make {folder} writable, or name another folder.");
            return Failed;
        }
    }

    // False if another file of that name exists: it is left unchanged, and the content to add is printed.
    static bool Write(string folder, NewPluginFile file, bool force)
    {
        var path = Path.Combine(folder, file.Name);
        var there = File.Exists(path) ? File.ReadAllText(path) : null;
        if (there is not null && EditorFiles.SayTheSame(there, file.Text))
        {
            Console.WriteLine($"kept     {file.Name}: it is up to date");
            return true;
        }
        if (there is not null && !force && !there.StartsWith(EditorFiles.Ours, StringComparison.Ordinal))
        {
            Console.WriteLine($"left     {file.Name}: it has other content. Put this into it yourself, or run again with --force:");
            foreach (var line in file.Text.TrimEnd().Split('\n'))
                Console.WriteLine($"           {line}");
            return false;
        }
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(file.Text));
        Console.WriteLine($"{(there is null ? "written " : "replaced")} {file.Name}: {file.Purpose}");
        return true;
    }
}
