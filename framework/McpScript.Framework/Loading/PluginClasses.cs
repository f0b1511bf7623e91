namespace McpScript.Loading;

/// <summary>The classes of a prebuilt plugin that register its tools, prompts and resources.</summary>
static class PluginClasses
{
    /// <summary>Finds the classes that implement <see cref="IPlugin"/>, in the order of the assembly.</summary>
    public static IReadOnlyList<Type> In(IEnumerable<Type> types) =>
        [.. types.Where(type => type is { IsAbstract: false, IsClass: true, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(IPlugin)))];

    /// <summary>Creates an instance of each class and runs its registration.</summary>
    /// <exception cref="InvalidOperationException">A class has no public constructor without parameters.</exception>
    public static void Register(IEnumerable<Type> classes, IPluginBuilder builder, PluginConfig config)
    {
        foreach (var type in classes)
        {
            if (type.GetConstructor(Type.EmptyTypes) is null)
                throw new InvalidOperationException(
                    $"The plugin class '{type.FullName}' has no public constructor without parameters. "
                    + "Give it one; services are for the tools, through mcp.Services.");
            ((IPlugin)Activator.CreateInstance(type)!).Register(builder, config);
        }
    }
}
