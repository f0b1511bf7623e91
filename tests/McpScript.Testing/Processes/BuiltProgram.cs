using System.Runtime.InteropServices;

namespace McpScript.Testing.Processes;

/// <summary>Paths of the programs built with these tests, and of the checkout.</summary>
public static class BuiltProgram
{
    // <checkout>/artifacts/bin/<project>/<configuration>/
    static readonly DirectoryInfo Here = new(AppContext.BaseDirectory);

    /// <summary>Path of mcp-proxy, in the build configuration of the tests.</summary>
    public static string Path { get; } = Of("McpScript.Proxy", "mcp-proxy");

    /// <summary>Path of mcp-client, in the build configuration of the tests.</summary>
    public static string Client { get; } = Of("McpScript.Client", "mcp-client");

    /// <summary>Returns the path of another program, in the build configuration of the tests.</summary>
    public static string Of(string project, string? program = null) =>
        System.IO.Path.Combine(FixtureOutput(project), OperatingSystem.IsWindows() ? $"{program ?? project}.exe" : program ?? project);

    /// <summary>Top folder of the checkout.</summary>
    public static string Checkout { get; } = Here.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>Folder of the demo plugins.</summary>
    public static string DemoPlugins { get; } = System.IO.Path.Combine(Checkout, "scripts-plugins");

    /// <summary>Returns the output folder of a project, in the build configuration of the tests.</summary>
    public static string FixtureOutput(string project) => System.IO.Path.Combine(Here.Parent!.Parent!.FullName, project, Here.Name);

    /// <summary>Folder of the .NET runtime that runs the tests; programs need it as DOTNET_ROOT in a cleared environment.</summary>
    public static string DotnetRoot { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
