namespace McpScript.Client.Terminal;

/// <summary>Previously entered lines, stored in a file that only its owner can read (mode 0600).</summary>
sealed class History
{
    const int Kept = 1000;
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly string? _path;
    readonly List<string> _lines;

    History(string? path, IEnumerable<string> lines) => (_path, _lines) = (path, [.. lines]);

    /// <summary>Lines, oldest first.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Default path: <c>.mcp_proxy/client_history</c> in the user's home folder, or below the temporary folder if the home is unknown.</summary>
    public static string DefaultPath => Path.Combine(Home(), ".mcp_proxy", "client_history");

    // DoNotVerify: the folder need not exist yet. An empty result would make the path relative to the working folder.
    static string Home()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return Path.IsPathFullyQualified(home) ? home : Path.Combine(Path.GetTempPath(), $"mcp_proxy-{Environment.UserName}");
    }

    /// <summary>
    /// Loads the history; a file of more than 2000 lines is cut to the last 1000. If the file cannot be read, the history is empty and nothing is written.
    /// </summary>
    public static History Load(string path)
    {
        try
        {
            var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            if (lines.Length > 2 * Kept)
                Rewrite(path, lines = lines[^Kept..]);
            return new(path, lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // History is optional: an unreadable file must not prevent the start.
            return new(null, []);
        }
    }

    /// <summary>Adds a line, unless it is empty, repeats the last one, or begins with a blank (as in shells).</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || line[0] == ' ' || line == _lines.LastOrDefault())
            return;
        _lines.Add(line);
        try
        {
            if (_path is not null)
                Append(_path, line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk or a read-only home: the line stays in memory until the process ends.
        }
    }

    static void Append(string path, string line)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        using var file = Open(path, FileMode.Append);
        using var writer = new StreamWriter(file);
        writer.Write(line + "\n");
    }

    static void Rewrite(string path, string[] lines)
    {
        var fresh = $"{path}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(Open(fresh, FileMode.Create)))
            writer.Write(string.Join('\n', lines) + "\n");
        File.Move(fresh, path, overwrite: true);
    }

    static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new(path, options);
    }
}
