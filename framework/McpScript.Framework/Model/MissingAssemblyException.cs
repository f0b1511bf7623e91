using System.Reflection;

namespace McpScript.Model;

/// <summary>A plugin's code needs an assembly that the plugin does not contain.</summary>
sealed class MissingAssemblyException(AssemblyName assembly) : FileNotFoundException(
    $"The plugin needs the assembly '{assembly.Name}, Version={assembly.Version}', {Cure(assembly.Name!)}", assembly.Name)
{
    /// <summary>Second half of the sentence about a missing assembly.</summary>
    public static string Cure(string name) => HostAssemblies.IsAspNetName(name)
        ? "which is part of ASP.NET Core, and this host runs without it. Load the plugin with mcp-proxy or mcp-factory, or add "
            + "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" /> to the host's project."
        : "which is neither beside it nor part of .NET. Put it there; <EnableDynamicLoading>true</EnableDynamicLoading> in the project makes the build do so, "
            + "and for netstandard <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>.";

    /// <summary>Finds this exception among the causes of another, because the runtime wraps it; null if it is none of them.</summary>
    public static MissingAssemblyException? In(Exception? thrown)
    {
        while (thrown is not null and not MissingAssemblyException)
            thrown = thrown.InnerException;
        return (MissingAssemblyException?)thrown;
    }
}
