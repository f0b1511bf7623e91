// Reading files below given folders and never outside them, neither by '..' nor by a link. Nothing of MCP is in here: files.test.csx tests it.

/// What a caller is told.
class FileProblem(string message) : Exception(message);

class ReadableFolders(IEnumerable<string> folders)
{
    const int LongestFile = 1_000_000, MostMatches = 100;

    readonly string[] _folders = [.. folders.Select(folder => Real(Path.GetFullPath(folder)))];

    public string List(string path)
    {
        var folder = Find(path);
        if (!Directory.Exists(folder))
            throw new FileProblem($"'{path}' is no folder.");
        return string.Join('\n', new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => entry is FileInfo file ? $"{file.Name}  {file.Length} bytes" : $"{entry.Name}/"));
    }

    public string Read(string path)
    {
        var file = Find(path);
        if (!File.Exists(file))
            throw new FileProblem($"'{path}' is no file.");
        return TextOf(file) ?? throw new FileProblem($"'{path}' is no text file, or has more than {LongestFile} bytes.");
    }

    public string Search(string text, string path, string pattern)
    {
        var top = Find(path);
        var inside = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        var files = Directory.Exists(top) ? Directory.EnumerateFiles(top, Path.GetFileName(pattern), inside).Order(StringComparer.Ordinal) : Enumerable.Repeat(top, 1);
        var matches = (from file in files
                       from line in (TextOf(file) ?? "").Split('\n').Select((line, index) => (Text: line.Trim(), Number: index + 1))
                       where line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)
                       select $"{Path.GetRelativePath(RootOf(file)!, file)}:{line.Number}: {line.Text}").Take(MostMatches + 1).ToList();
        return matches.Count > MostMatches ? string.Join('\n', matches.Take(MostMatches)) + "\n… and more: search for something rarer." : string.Join('\n', matches);
    }

    // Where the path really leads, if that is inside. Whether it is there or not, nobody outside learns.
    string Find(string path)
    {
        foreach (var folder in _folders)
            if (Real(Path.GetFullPath(path, folder)) is var real && RootOf(real) is not null && Path.Exists(real))
                return real;
        throw new FileProblem($"There is no '{path}' in the folders that may be read.");
    }

    string? RootOf(string real) => _folders.FirstOrDefault(folder => real == folder || real.StartsWith(folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    static string? TextOf(string file)
    {
        var info = new FileInfo(file);
        if (info.Length > LongestFile)
            return null;
        var text = File.ReadAllText(file);
        return text.Contains('\0') ? null : text;
    }

    // Every link on the way resolved.
    static string Real(string path, int links = 0)
    {
        if (links > 40)
            throw new FileProblem("There are links in that path that lead in a circle.");
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
