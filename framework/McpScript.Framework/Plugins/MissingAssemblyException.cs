using System.Reflection;

namespace McpScript.Plugins;

/// <summary>A plugin's code needs an assembly that it does not bring along.</summary>
sealed class MissingAssemblyException(AssemblyName assembly) : FileNotFoundException(
    $"The plugin needs the assembly '{assembly.Name}, Version={assembly.Version}', which is neither beside it nor part of .NET. Put it there; <EnableDynamicLoading>true</EnableDynamicLoading> in the project makes the build do so.",
    assembly.Name)
{
    /// <summary>The one among the causes of an exception, for the runtime wraps it; null if that is not why.</summary>
    public static MissingAssemblyException? In(Exception? thrown)
    {
        while (thrown is not null and not MissingAssemblyException)
            thrown = thrown.InnerException;
        return (MissingAssemblyException?)thrown;
    }
}
