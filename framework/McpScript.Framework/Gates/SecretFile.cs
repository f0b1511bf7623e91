using System.Text;
using McpScript.FileSystem;

namespace McpScript.Gates;

/// <summary>
/// Secrets in a file that only its owner may read: lines <c>name=secret</c>, comments with <c>#</c>. Read for each request, so edits apply at once.
/// </summary>
sealed class SecretFile(string path) : IGateSecrets
{
    const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Returns the path that is used if the configuration has none.</summary>
    public static string DefaultPath(string home) => Path.Combine(home, ".mcp_gate_secrets");

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken)
    {
        foreach (var line in await ReadAsync(cancellationToken))
            if (IsOf(line, reference))
                return line[(line.IndexOf('=') + 1)..].Trim() is { Length: > 0 } secret ? secret : throw Missing(reference);
        throw Missing(reference);
    }

    /// <summary>Writes a secret atomically, for the owner only; creates the file if it is missing, and keeps all other lines.</summary>
    /// <param name="reference">The name of the secret.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="replace">True to replace an existing secret.</param>
    /// <returns>False if the secret exists and must not be replaced.</returns>
    public async Task<bool> WriteAsync(string reference, string secret, bool replace)
    {
        var there = File.Exists(path);
        var lines = there ? (await ReadAsync(CancellationToken.None)).ToList() : [];
        var at = lines.FindIndex(line => IsOf(line, reference));
        if (at >= 0 && !replace)
            return false;
        var written = $"{reference}={secret}";
        if (at >= 0)
            lines[at] = written;
        else
            lines.Add(written);
        // A symbolic link is kept, and its target is written.
        var target = (there ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        PrivateFile.Write(target, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        return true;
    }

    async Task<string[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = RegularFile.OpenRead(path);
            // The mode of the opened file: the path may name another file by now.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
                throw new GateSecretException($"Gate: secret file {path} is readable by group/others, so its secrets are not used. Run: chmod 600 {path}");
            using var reader = new StreamReader(file, Encoding.UTF8);
            var text = (await reader.ReadToEndAsync(cancellationToken)).ReplaceLineEndings("\n").TrimEnd('\n');
            return text.Length == 0 ? [] : text.Split('\n');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GateSecretException($"Gate secret file not found: {path}\nCreate it with: touch {path} && chmod 600 {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GateSecretException($"Gate: secret file {path} cannot be read: {e.Message}", e);
        }
    }

    GateSecretException Missing(string reference) => new($"Gate: secret '{reference}' not found in {path}");

    static bool IsOf(string line, string reference) =>
        !line.TrimStart().StartsWith('#') && line.IndexOf('=') is >= 0 and var end && line[..end].Trim() == reference;
}
