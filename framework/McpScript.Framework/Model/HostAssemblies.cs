using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace McpScript.Model;

/// <summary>Assemblies that the host provides to plugins, by simple name: the .NET framework and <see cref="SharedAssemblies"/>.</summary>
static class HostAssemblies
{
    static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    static readonly ConcurrentDictionary<string, Version?> Versions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Paths of the ASP.NET Core assemblies that the host loads, by simple name; empty in a host without ASP.NET Core.</summary>
    public static FrozenDictionary<string, string> AspNet { get; } = FindAspNet();

    /// <summary>True for an assembly of ASP.NET Core, in a host with ASP.NET Core.</summary>
    public static bool IsInAspNet(string name) => AspNet.ContainsKey(name);

    /// <summary>True for an assembly that only a host with ASP.NET Core can provide.</summary>
    public static bool IsAspNetName(string name) =>
        name.StartsWith("Microsoft.AspNetCore.", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, "Microsoft.AspNetCore", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for an assembly of .NET itself.</summary>
    public static bool IsInFramework(string name) => File.Exists(FrameworkPathOf(name));

    /// <summary>Path of an assembly of .NET; no such file exists for other names.</summary>
    public static string FrameworkPathOf(string name) => Path.Combine(FrameworkFolder, name + ".dll");

    /// <summary>The package version of a shared assembly.</summary>
    public static string PackageVersionOf(string name) =>
        Assembly.Load(name).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The version of an assembly that plugins receive from the host; null if the host does not provide it.</summary>
    public static Version? VersionOf(string name) => Versions.GetOrAdd(name, static name =>
        SharedAssemblies.Names.Contains(name) ? Assembly.Load(name).GetName().Version
        : IsInFramework(name) ? AssemblyName.GetAssemblyName(FrameworkPathOf(name)).Version
        : null);

    // The list of trusted assemblies has one path for each name: that of the host's package where it is newer than the framework's copy.
    static FrozenDictionary<string, string> FindAspNet()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (trusted.FirstOrDefault(path => Path.GetFileName(path) == "Microsoft.AspNetCore.dll") is not { } main)
            return FrozenDictionary<string, string>.Empty;
        var names = Directory.EnumerateFiles(Path.GetDirectoryName(main)!, "*.dll").Select(path => Path.GetFileName(path))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return trusted.Where(path => names.Contains(Path.GetFileName(path)) && Path.GetDirectoryName(path) != FrameworkFolder)
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(path => Path.GetFileNameWithoutExtension(path), path => path, StringComparer.OrdinalIgnoreCase);
    }
}
