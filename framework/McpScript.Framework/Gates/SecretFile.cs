using System.Text;
using McpScript.FileSystem;

namespace McpScript.Gates;

/// <summary>
/// Secrets in a file that only its owner may read: <c>name=secret</c> lines, <c>#</c> for remarks. Read anew each time, so an edit counts at once.
/// </summary>
sealed class SecretFile(string path) : IGateSecrets
{
    const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Where it is unless the configuration says where.</summary>
    public static string DefaultPath(string home) => Path.Combine(home, ".mcp_gate_secrets");

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(string reference, CancellationToken cancellationToken)
    {
        foreach (var line in await ReadAsync(cancellationToken))
            if (IsOf(line, reference))
                return line[(line.IndexOf('=') + 1)..].Trim() is { Length: > 0 } secret ? secret : throw Missing(reference);
        throw Missing(reference);
    }

    /// <summary>Writes a secret into the file, which is made if it is missing; every other line stays. Whole or not at all, and for the owner only.</summary>
    /// <param name="reference">Its name.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="replace">Whether one that is there may be replaced.</param>
    /// <returns>False if there is one, and it may not.</returns>
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
        // What stands for another file is kept as that, and the file itself is written.
        var target = (there ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        PrivateFile.Write(target, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        return true;
    }

    async Task<string[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = RegularFile.OpenRead(path);
            // Of the file that was opened: its name may be another file's by now.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
                throw new GateSecretException($"Gate: secret file {path} is readable by group/others, so its secrets are none. Run: chmod 600 {path}");
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

    static bool IsOf(string line, string reference) => !line.TrimStart().StartsWith('#') && line.IndexOf('=') is >= 0 and var end && line[..end].Trim() == reference;
}
