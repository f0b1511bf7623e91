// Files: lists, reads and searches text files below the folders in 'roots', and nothing else. Settings: roots (the working directory unless given).
#load "tools.csx"

var folders = new ReadableFolders(config.Get<string[]>("roots") ?? ["."]);

mcp.Tool("list_files", "List a folder.",
    ([Description("The folder, relative to a root; '.' for the root itself.")] string path = ".") => Tell(() => folders.List(path)),
    new() { ReadOnly = true, OpenWorld = false });

mcp.Tool("read_file", "Read a text file.",
    ([Description("The file, relative to a root.")] string path) => Tell(() => folders.Read(path)),
    new() { ReadOnly = true, OpenWorld = false });

mcp.Tool("search_files", "Find the lines of text files that contain a text, whatever its case.", (
    [Description("What is looked for.")] string text,
    [Description("The folder or file to look in.")] string path = ".",
    [Description("Only files of such a name, such as *.md.")] string pattern = "*") => Tell(() => folders.Search(text, path, pattern)),
    new() { ReadOnly = true, OpenWorld = false });

// What the model should hear, it hears as McpException; anything else stays in the log.
string Tell(Func<string> answer)
{
    try
    {
        return answer();
    }
    catch (FileProblem problem)
    {
        throw new McpException(problem.Message);
    }
}
