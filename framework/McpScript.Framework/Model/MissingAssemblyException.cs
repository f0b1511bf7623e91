using System.Reflection;

namespace McpScript.Model;

/// <summary>A plugin's code needs an assembly that it does not bring along.</summary>
sealed class MissingAssemblyException(AssemblyName assembly) : FileNotFoundException(
    $"The plugin needs the assembly '{assembly.Name}, Version={assembly.Version}', {Cure(assembly.Name!)}", assembly.Name)
{
    /// <summary>Second half of the sentence about an assembly that is not there.</summary>
    public static string Cure(string name) => HostAssemblies.IsAspNetName(name)
        ? "which is part of ASP.NET Core, and this host runs without it. Load the plugin with mcp-proxy or mcp-factory, or add <FrameworkReference Include=\"Microsoft.AspNetCore.App\" /> to the host's project."
        : "which is neither beside it nor part of .NET. Put it there; <EnableDynamicLoading>true</EnableDynamicLoading> in the project makes the build do so, and for netstandard <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>.";

    /// <summary>The one among the causes of an exception, for the runtime wraps it; null if that is not why.</summary>
    public static MissingAssemblyException? In(Exception? thrown)
    {
        while (thrown is not null and not MissingAssemblyException)
            thrown = thrown.InnerException;
        return (MissingAssemblyException?)thrown;
    }
}
