using System.Collections.Concurrent;
using System.Reflection;

namespace McpScript.Plugins;

/// <summary>What the host provides to plugins, by simple name: the .NET framework and <see cref="SharedAssemblies"/>.</summary>
static class HostAssemblies
{
    static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    static readonly ConcurrentDictionary<string, Version?> Versions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for an assembly of .NET itself.</summary>
    public static bool IsInFramework(string name) => File.Exists(FrameworkPathOf(name));

    /// <summary>Where an assembly of .NET is, if it is one.</summary>
    public static string FrameworkPathOf(string name) => Path.Combine(FrameworkFolder, name + ".dll");

    /// <summary>The version of the package that a shared assembly came from.</summary>
    public static string PackageVersionOf(string name) => Assembly.Load(name).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The version that plugins get, or null if the host does not provide it.</summary>
    public static Version? VersionOf(string name) => Versions.GetOrAdd(name, static name =>
        SharedAssemblies.Names.Contains(name) ? Assembly.Load(name).GetName().Version
        : IsInFramework(name) ? AssemblyName.GetAssemblyName(FrameworkPathOf(name)).Version
        : null);
}
