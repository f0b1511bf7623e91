using System.Diagnostics;

namespace McpScript.Testing;

/// <summary>Named pipes (FIFOs) in the file system; Unix only.</summary>
public static class NamedPipe
{
    /// <summary>Creates a pipe that nothing writes to; opening it for reading would block forever.</summary>
    /// <exception cref="InvalidOperationException">mkfifo failed, for example because the path exists already.</exception>
    public static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        if (made.ExitCode != 0)
            throw new InvalidOperationException($"mkfifo {path} ended with {made.ExitCode}.");
    }
}
