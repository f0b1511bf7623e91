using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpScript.Packages;

/// <summary>Runs the .NET SDK, which does all work with package feeds. Safe for concurrent use.</summary>
/// <param name="root">The folder of the .NET installation.</param>
sealed class DotnetSdk(string root)
{
    /// <summary>The folder of the .NET installation that runs this process.</summary>
    public static string OwnRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>False if only the runtime is installed.</summary>
    public bool Exists => Directory.Exists(Path.Combine(root, "sdk")) && File.Exists(Program);

    string Program => Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>Restores a project; returns true if that succeeded, and the output of the SDK.</summary>
    // Without node reuse: a build server would outlive this process and keep its folder and handles.
    public Task<(bool Ok, string Output)> RestoreAsync(string project, CancellationToken cancellationToken) =>
        RunAsync(Path.GetDirectoryName(project)!, ["restore", project, "-nodeReuse:false", "-verbosity:quiet"], cancellationToken);

    /// <summary>Returns the versions of a package in the sources, the newest first; empty if they are not available.</summary>
    public async Task<IReadOnlyList<string>> VersionsAsync(string id, RestoreSources sources, string folder, CancellationToken cancellationToken)
    {
        var outputs = new List<string>();
        if (sources.Only is null)
            outputs.Add((await SearchAsync(id, [], folder, cancellationToken)).Output);
        if (sources.All.Any())
            outputs.Add((await SearchAsync(id, [.. sources.All.SelectMany(source => new[] { "--source", source })], folder, cancellationToken)).Output);
        return
        [
            .. outputs.SelectMany(VersionsIn).DistinctBy(version => version, StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(version => PackageVersions.Parse(version)),
        ];
    }

    Task<(bool Ok, string Output)> SearchAsync(string id, string[] sources, string folder, CancellationToken cancellationToken) =>
        RunAsync(folder, ["package", "search", id, "--exact-match", "--prerelease", "--format", "json", .. sources], cancellationToken);

    static IEnumerable<string> VersionsIn(string output)
    {
        try
        {
            using var found = JsonDocument.Parse(output);
            return [.. from source in found.RootElement.GetProperty("searchResult").EnumerateArray()
                       from package in source.GetProperty("packages").EnumerateArray()
                       select package.GetProperty("version").GetString()];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Expected for an SDK without this command, or a source without search: the problem is reported without the versions.
            return [];
        }
    }

    async Task<(bool Ok, string Output)> RunAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Start(folder, arguments)) ?? throw new InvalidOperationException("The .NET SDK did not start.");
        // Closed, because over stdio our own input belongs to the protocol.
        process.StandardInput.Close();
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        return (process.ExitCode == 0, string.Concat(await output));
    }

    ProcessStartInfo Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            WorkingDirectory = folder,
        };
        // The MSBuild variables of a surrounding 'dotnet run' or 'dotnet test' would point the SDK to wrong folders.
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(variable);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // The first run of the SDK by a user has side effects, which are not wanted here.
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_ADD_GLOBAL_TOOLS_TO_PATH"] = "false";
        // Its messages are parsed here, and shown beside English texts.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return start;
    }
}
