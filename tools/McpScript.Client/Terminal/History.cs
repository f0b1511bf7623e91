namespace McpScript.Client.Terminal;

/// <summary>The lines that were typed before, kept for the next time in a file that only its owner can read.</summary>
sealed class History
{
    const int Kept = 1000;
    const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly string? _path;
    readonly List<string> _lines;

    History(string? path, IEnumerable<string> lines) => (_path, _lines) = (path, [.. lines]);

    /// <summary>The lines, the oldest first.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Where it is by default.</summary>
    public static string DefaultPath => Path.Combine(Home(), ".mcp_proxy", "client_history");

    // Whether it exists yet or not; and never the working folder.
    static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) is var home && Path.IsPathFullyQualified(home)
        ? home
        : Path.Combine(Path.GetTempPath(), $"mcp_proxy-{Environment.UserName}");

    /// <summary>Reads what is kept; a file that cannot be read is no reason not to start.</summary>
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
            // Then there is none, and nothing is kept.
            return new(null, []);
        }
    }

    /// <summary>Keeps a line, unless it repeats the last one, or begins with a blank as in shells.</summary>
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
            // A full disk, or a home that cannot be written: it is known until the end.
        }
    }

    static void Append(string path, string line)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, Mine | UnixFileMode.UserExecute);
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
            options.UnixCreateMode = Mine;
        return new(path, options);
    }
}
