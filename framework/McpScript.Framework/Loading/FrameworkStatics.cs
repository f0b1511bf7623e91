using System.Reflection;

namespace McpScript.Loading;

/// <summary>Private members of the framework and of shared libraries, found by name.</summary>
/// <remarks>A name that a later version does not have is skipped: the plugin is reported as lingering, and a test fails on <see cref="NotFound"/>.</remarks>
sealed class FrameworkStatics
{
    const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    readonly List<string> _notFound = [];

    /// <summary>Names that were not found.</summary>
    public IReadOnlyList<string> NotFound => _notFound;

    /// <summary>Finds a type that is not public.</summary>
    public Type? Type(Assembly assembly, string name) => Found(assembly.GetType(name), name);

    /// <summary>Finds a field, static or not.</summary>
    public FieldInfo? Field(Type? type, string name) => type is null ? null : Found(type.GetField(name, Any), $"{type.FullName}.{name}");

    /// <summary>Finds the backing field of a property, static or not.</summary>
    public FieldInfo? Behind(Type? type, string property) => Field(type, $"<{property}>k__BackingField");

    T? Found<T>(T? found, string name) where T : class
    {
        if (found is null)
            _notFound.Add(name);
        return found;
    }
}
