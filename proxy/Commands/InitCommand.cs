using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using McpScript.Scripting.Authoring;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy init [DIR]</c>: editor help for scripts, and a way to attach a debugger.</summary>
sealed class InitCommand : Command
{
    const int Done = 0, Failed = 1;

    readonly Argument<string> _folder = new("DIR") { Description = "The folder that is opened in the editor; by default this one.", DefaultValueFactory = _ => "." };
    readonly Option<bool> _force = new("--force") { Description = "Write over files that say something else." };

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
            Console.Error.WriteLine($"Error: the folder {folder} does not exist. Make it, or name another one.");
            return CommonOptions.Usage;
        }
        try
        {
            return EditorFiles.All().Aggregate(true, (ok, file) => Write(folder, file, parsed.GetValue(_force)) && ok) ? Done : Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that is read-only, or a file where a folder should be.
            Console.Error.WriteLine($"Error: {e.Message.TrimEnd('.')}. Make {folder} writable, or name another folder.");
            return Failed;
        }
    }

    // False if somebody else's file is in the way: it stays, and what should be in it is shown.
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "Written beside the file and moved over it.")]
    static bool Write(string folder, NewPluginFile file, bool force)
    {
        var path = Path.Combine(folder, file.Name);
        var there = File.Exists(path) ? File.ReadAllText(path) : null;
        if (there is not null && EditorFiles.SayTheSame(there, file.Text))
        {
            Console.WriteLine($"kept     {file.Name}: it is as it should be");
            return true;
        }
        if (there is not null && !force && !there.StartsWith(EditorFiles.Ours, StringComparison.Ordinal))
        {
            Console.WriteLine($"left     {file.Name}: it says something else. Put this into it yourself, or run again with --force:");
            foreach (var line in file.Text.TrimEnd().Split('\n'))
                Console.WriteLine($"           {line}");
            return false;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = $"{path}.new";
        File.WriteAllText(beside, file.Text);
        File.Move(beside, path, overwrite: true);
        Console.WriteLine($"{(there is null ? "written " : "replaced")} {file.Name}: {file.Purpose}");
        return true;
    }
}
