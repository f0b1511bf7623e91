// Files: lists, reads and searches text files below the folders in 'roots' only. Settings: roots (by default the working directory).
#load "tools.csx"

var folders = new ReadableFolders(config.Get<string[]>("roots") ?? ["."]);

mcp.Tool("list_files", "List a folder.",
    ([Description("The folder, relative to a root; '.' for the root itself.")] string path = ".") => Result(() => folders.List(path)),
    new() { ReadOnly = true, OpenWorld = false });

mcp.Tool("read_file", "Read a text file.",
    ([Description("The file, relative to a root.")] string path) => Result(() => folders.Read(path)),
    new() { ReadOnly = true, OpenWorld = false });

mcp.Tool("search_files", "Find the lines of text files that contain a text, ignoring case.", (
    [Description("Text to search for.")] string text,
    [Description("The folder or file to search.")] string path = ".",
    [Description("Pattern of file names, such as *.md.")] string pattern = "*") => Result(() => folders.Search(text, path, pattern)),
    new() { ReadOnly = true, OpenWorld = false });

// The model receives the message of an McpException; other exceptions are only logged.
string Result(Func<string> read)
{
    try
    {
        return read();
    }
    catch (FileProblem problem)
    {
        throw new McpException(problem.Message);
    }
}
