using System.ComponentModel;
using System.Diagnostics;

namespace McpScript.Testing.Processes;

/// <summary>A folder below <c>tests</c> with a package.json; its packages are installed at first use.</summary>
public sealed class NodePackages
{
    // Required by npm and by the TypeScript client.
    const int OldestNode = 20;

    readonly string _name;
    readonly string _folder;
    readonly Lazy<Task<string?>> _missing;

    NodePackages(string name)
    {
        _name = name;
        _folder = Path.Combine(BuiltProgram.Checkout, "tests", name);
        _missing = new(InstallAsync);
    }

    /// <summary><c>tests/node</c>: scripts that drive the official TypeScript client.</summary>
    public static NodePackages Client { get; } = new("node");

    /// <summary><c>tests/node-conformance</c>: the official conformance suite, with its own Node.</summary>
    public static NodePackages Conformance { get; } = new("node-conformance");

    /// <summary><c>tests/node-oauth</c>: a real OAuth server, and the official TypeScript client that gets its tokens there.</summary>
    public static NodePackages OAuth { get; } = new("node-oauth");

    /// <summary>Returns the reason why scripts cannot run; null if they can. The first call installs the packages.</summary>
    public Task<string?> MissingAsync() => _missing.Value;

    /// <summary>Runs a script to its end.</summary>
    /// <returns>The text written to stdout.</returns>
    /// <exception cref="InvalidOperationException">The script failed; the message contains its stderr.</exception>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        var (code, output, errors) = await RunProgramAsync("node", [script, .. arguments], TestHost.Patience);
        return code == 0 ? output : throw new InvalidOperationException($"{script} ended with {code}:\n{errors}");
    }

    /// <summary>Starts a script with redirected stdin, stdout and stderr.</summary>
    public Process Start(string script, params string[] arguments) => Launch("node", [script, .. arguments]);

    /// <summary>Runs a script with the Node of the packages; returns its exit code and its output.</summary>
    public Task<(int Code, string Output, string Errors)> RunWithOwnNodeAsync(string script, string[] arguments, TimeSpan limit) =>
        RunProgramAsync(Path.Combine(_folder, "node_modules", "node", "bin", "node"), [script, .. arguments], limit);

    async Task<string?> InstallAsync()
    {
        try
        {
            if (await NodeVersionAsync() is var version && version < OldestNode)
                return $"the packages of tests/{_name} need Node {OldestNode} or newer, and this is {version}";
            // Test runs of one checkout install one after the other.
            await using var turn = await TakeTurnAsync();
            if (!IsInstalled())
                await InstallPackagesAsync();
            return null;
        }
        catch (Win32Exception e)
        {
            return $"node and npm are needed for tests/{_name}, and could not be started: {e.Message}";
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException)
        {
            return $"the packages of tests/{_name} could not be installed: {e.Message}";
        }
    }

    async Task<int> NodeVersionAsync()
    {
        var (code, output, errors) = await RunProgramAsync("node", ["-p", "parseInt(process.versions.node)"], TestHost.Patience);
        return code == 0 && int.TryParse(output, out var version)
            ? version
            : throw new InvalidOperationException($"'node' ended with {code}: {output}{errors}");
    }

    async Task InstallPackagesAsync()
    {
        var (code, output, errors) = await RunProgramAsync("npm", ["ci", "--no-audit", "--no-fund"], WaitLimits.Tool);
        if (code != 0)
            throw new InvalidOperationException($"'npm ci' in tests/{_name} ended with {code}:\n{output}{errors}");
    }

    // The last step of npm is to copy the lock file into node_modules.
    bool IsInstalled()
    {
        var installed = new FileInfo(Path.Combine(_folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(_folder, "package-lock.json"));
    }

    static async Task<FileStream> TakeTurnAsync()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(BuiltProgram.Checkout, "artifacts")).FullName, "npm-install.lock");
        for (var waited = Stopwatch.StartNew(); ;)
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < WaitLimits.Tool)
            {
                // Another test run is installing. File locks raise no event, so this polls.
#pragma warning disable RS0030
                await Task.Delay(200);
#pragma warning restore RS0030
            }
    }

    async Task<(int Code, string Output, string Errors)> RunProgramAsync(string program, string[] arguments, TimeSpan limit)
    {
        using var process = Launch(program, arguments);
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
            var command = $"{program} {string.Join(' ', arguments)}";
            throw new TimeoutException($"'{command}' did not end within {limit.TotalSeconds:0} s. It wrote:\n{await output}{await errors}");
        }
    }

    Process Launch(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
