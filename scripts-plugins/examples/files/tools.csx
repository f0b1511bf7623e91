// Reads files below given folders, and never outside them, neither by '..' nor by a symbolic link. Independent of MCP, so that files.test.csx can test it.

/// An error whose message may be shown to the caller.
class FileProblem(string message) : Exception(message);

class ReadableFolders(IEnumerable<string> folders)
{
    const int LongestFile = 1_000_000, MostMatches = 100;

    readonly string[] _folders = [.. folders.Select(folder => Real(Path.GetFullPath(folder)))];

    public string List(string path)
    {
        var folder = Find(path);
        if (!Directory.Exists(folder))
            throw new FileProblem($"'{path}' is not a folder.");
        return string.Join('\n', new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => entry is FileInfo file ? $"{file.Name}  {file.Length} bytes" : $"{entry.Name}/"));
    }

    public string Read(string path)
    {
        var file = Find(path);
        if (!File.Exists(file))
            throw new FileProblem($"'{path}' is not a file.");
        return TextOf(file) ?? throw new FileProblem($"'{path}' is not a text file, or has more than {LongestFile} bytes.");
    }

    public string Search(string text, string path, string pattern)
    {
        var top = Find(path);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
        };
        var files = Directory.Exists(top)
            ? Directory.EnumerateFiles(top, Path.GetFileName(pattern), options).Order(StringComparer.Ordinal)
            : Enumerable.Repeat(top, 1);
        var matches = (from file in files
                       from line in (TextOf(file) ?? "").Split('\n').Select((line, index) => (Text: line.Trim(), Number: index + 1))
                       where line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)
                       select $"{Path.GetRelativePath(RootOf(file)!, file)}:{line.Number}: {line.Text}").Take(MostMatches + 1).ToList();
        var found = string.Join('\n', matches.Take(MostMatches));
        return matches.Count > MostMatches ? found + "\n… and more: use a more specific text." : found;
    }

    // The resolved path if it is inside a folder. The error does not reveal whether a path outside exists.
    string Find(string path)
    {
        foreach (var folder in _folders)
            if (Real(Path.GetFullPath(path, folder)) is var real && RootOf(real) is not null && Path.Exists(real))
                return real;
        throw new FileProblem($"There is no '{path}' in the folders that may be read.");
    }

    string? RootOf(string real) => _folders.FirstOrDefault(folder => real == folder || real.StartsWith(WithSeparator(folder), StringComparison.Ordinal));

    static string WithSeparator(string folder) => folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar;

    static string? TextOf(string file)
    {
        var info = new FileInfo(file);
        if (info.Length > LongestFile)
            return null;
        var text = File.ReadAllText(file);
        return text.Contains('\0') ? null : text;
    }

    // Resolves every symbolic link in the path.
    static string Real(string path, int links = 0)
    {
        if (links > 40)
            throw new FileProblem("The symbolic links in that path form a cycle.");
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (new FileInfo(real).LinkTarget is { } target)
                real = Real(Path.GetFullPath(target, Path.GetDirectoryName(real)!), links + 1);
        }
        return real;
    }
}
