using System.Runtime.InteropServices;

namespace McpScript.Testing.Processes;

/// <summary>The programs that were built with these tests, and the checkout around them.</summary>
public static class BuiltProgram
{
    // <checkout>/artifacts/bin/<project>/<configuration>/
    static readonly DirectoryInfo s_here = new(AppContext.BaseDirectory);

    /// <summary>mcp-proxy, of the same configuration as the tests.</summary>
    public static string Path { get; } = Of("McpScript.Proxy", "mcp-proxy");

    /// <summary>mcp-client, likewise.</summary>
    public static string Client { get; } = Of("McpScript.Client", "mcp-client");

    /// <summary>Another program of the checkout, of the same configuration as the tests.</summary>
    public static string Of(string project, string? program = null) =>
        System.IO.Path.Combine(FixtureOutput(project), OperatingSystem.IsWindows() ? $"{program ?? project}.exe" : program ?? project);

    /// <summary>The top folder of the checkout.</summary>
    public static string Checkout { get; } = s_here.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The demo plugins.</summary>
    public static string DemoPlugins { get; } = System.IO.Path.Combine(Checkout, "scripts-plugins");

    /// <summary>The output folder of one of the fixture projects, of the same configuration as the tests.</summary>
    public static string FixtureOutput(string project) => System.IO.Path.Combine(s_here.Parent!.Parent!.FullName, project, s_here.Name);

    /// <summary>Where the .NET is that runs the tests: the program's own starter would look for another one in a bare environment.</summary>
    public static string DotnetRoot { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
