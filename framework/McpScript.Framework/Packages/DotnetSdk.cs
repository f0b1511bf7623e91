using System.Diagnostics;
using System.Runtime.InteropServices;

namespace McpScript.Packages;

/// <summary>The .NET SDK, which does what has to do with package feeds.</summary>
/// <param name="root">The .NET installation.</param>
sealed class DotnetSdk(string root)
{
    /// <summary>The installation that runs this process.</summary>
    public static string OwnRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>False where only the runtime is installed.</summary>
    public bool Exists => Directory.Exists(Path.Combine(root, "sdk")) && File.Exists(Program);

    string Program => Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>Restores a project; returns what the SDK printed, and whether it succeeded.</summary>
    public async Task<(bool Ok, string Output)> RestoreAsync(string project, CancellationToken cancellationToken)
    {
        // Without node reuse: a build server that outlives us would keep our folder and our handles.
        using var process = Process.Start(Start("restore", project, "-nodeReuse:false", "-verbosity:quiet")) ?? throw new InvalidOperationException("The .NET SDK did not start.");
        // Closed: on stdio, our own input belongs to the protocol.
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

    ProcessStartInfo Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(arguments[1]),
        };
        // What a 'dotnet run' or 'dotnet test' around us set for itself would send the SDK to the wrong places.
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(variable);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // What the SDK does when a user runs it for the first time is not ours to bring about.
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_ADD_GLOBAL_TOOLS_TO_PATH"] = "false";
        // Its messages are read by us, and shown beside ours.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return start;
    }
}
