using System.ComponentModel;
using System.Diagnostics;

namespace McpScript.Testing;

/// <summary>Runs the scripts of <c>tests/node</c>, which drive the official TypeScript client.</summary>
public static class NodeTools
{
    static readonly string s_folder = Path.Combine(BuiltProgram.Checkout, "tests", "node");
    static readonly Lazy<Task<string?>> s_missing = new(InstallAsync);

    /// <summary>Why the scripts cannot be run here; null if they can. The first question installs what they need.</summary>
    public static Task<string?> MissingAsync() => s_missing.Value;

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it wrote to stdout.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it wrote to stderr.</exception>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var (code, output, errors) = await RunProgramAsync("node", [script, .. arguments], TestHost.Patience);
        return code == 0 ? output : throw new InvalidOperationException($"{script} ended with {code}:\n{errors}");
    }

    static async Task<string?> InstallAsync()
    {
        try
        {
            // Held while installing, so that test runs of one checkout take turns.
            await using var turn = await TakeTurnAsync();
            if (!IsInstalled())
                await InstallPackagesAsync();
            return null;
        }
        catch (Win32Exception e)
        {
            return $"node and npm are needed for the TypeScript client, and could not be started: {e.Message}";
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException)
        {
            return $"the TypeScript client could not be installed: {e.Message}";
        }
    }

    static async Task InstallPackagesAsync()
    {
        var (code, output, errors) = await RunProgramAsync("npm", ["ci", "--no-audit", "--no-fund"], TimeSpan.FromMinutes(3));
        if (code != 0)
            throw new InvalidOperationException($"'npm ci' in tests/node ended with {code}:\n{output}{errors}");
    }

    // npm leaves a copy of the lock file behind when it has installed all of it, as the last thing it does.
    static bool IsInstalled()
    {
        var installed = new FileInfo(Path.Combine(s_folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(s_folder, "package-lock.json"));
    }

    static async Task<FileStream> TakeTurnAsync()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(BuiltProgram.Checkout, "artifacts")).FullName, "npm-install.lock");
        for (var waited = Stopwatch.StartNew(); ;)
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromMinutes(4))
            {
                // Another run is installing. A file lock has no signal to wait for.
                await Task.Delay(200);
            }
    }

    static async Task<(int Code, string Output, string Errors)> RunProgramAsync(string program, string[] arguments, TimeSpan limit)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = s_folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await Task.WhenAll(process.WaitForExitAsync(), output, errors).WaitAsync(limit);
            return (process.ExitCode, await output, await errors);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end within {limit.TotalSeconds:0} s. It wrote:\n{await output}{await errors}");
        }
    }
}
