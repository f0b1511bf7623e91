using System.CommandLine;
using McpScript.Scripting.Authoring;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy new NAME</c>: creates a plugin that works without changes.</summary>
sealed class NewCommand : Command
{
    readonly Argument<string> _name = new("NAME") { Description = "The plugin's name: letters, digits, '_', '.' and '-'." };
    readonly Option<string> _kind = new Option<string>("--kind")
    {
        Description = "Kind of plugin: a folder with wiring, logic, settings and tests; one script; or a project for a DLL and a NuGet package.",
        DefaultValueFactory = _ => "folder",
    }.AcceptOnlyFromAmong("folder", "script", "package");

    readonly Option<string?> _folder = new("--dir")
    {
        Description = "Target folder; by default the plugin folder (./plugins or ./scripts-plugins), for a package the current folder.", HelpName = "DIR",
    };

    public NewCommand() : base("new", "Create a plugin that works without changes.")
    {
        Arguments.Add(_name);
        Options.Add(_kind);
        Options.Add(_folder);
        SetAction(Run);
    }

    int Run(ParseResult parsed)
    {
        var (name, kind) = (parsed.GetValue(_name)!, Enum.Parse<NewPluginKind>(parsed.GetValue(_kind)!, ignoreCase: true));
        try
        {
            var made = NewPlugin.Create(name, kind, Path.GetFullPath(parsed.GetValue(_folder) ?? DefaultFolder(kind)));
            Show(made, name, kind);
            return 0;
        }
        catch (NewPluginException e)
        {
            Console.Error.WriteLine($"Error: {e.Message}");
            return 1;
        }
    }

    static void Show(NewPlugin made, string name, NewPluginKind kind)
    {
        var shown = Shown(made.Path);
        var first = kind == NewPluginKind.Script ? shown : Path.Combine(shown, made.Files[0].Name);
        Console.WriteLine(kind == NewPluginKind.Script ? $"Created {shown}" : $"Created {shown}{Path.DirectorySeparatorChar}");
        if (kind != NewPluginKind.Script)
            foreach (var file in made.Files)
                Console.WriteLine($"  {file.Name.PadRight(made.Files.Max(other => other.Name.Length))}  {file.Purpose}");
        Console.WriteLine(kind switch
        {
            NewPluginKind.Folder => $"Next: edit {first}, try it with 'mcp-proxy test {name}', serve it with 'mcp-proxy serve --watch'.",
            NewPluginKind.Script => $"Next: edit {first}, serve it with 'mcp-proxy serve --watch'.",
            _ => $"Next: edit {first}, try it with 'dotnet build {shown} -o plugins/{name}' and 'mcp-proxy serve --watch',\n"
                + $"hand it on with 'dotnet pack {shown} -o feed' and 'mcp-proxy install {name} --source feed'.",
        });
    }

    static string DefaultFolder(NewPluginKind kind) =>
        kind == NewPluginKind.Package ? "." : !Directory.Exists("plugins") && Directory.Exists("scripts-plugins") ? "scripts-plugins" : "plugins";

    static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
