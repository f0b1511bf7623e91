using System.Reflection;

namespace McpScript.Hosting;

/// <summary>The version of this build.</summary>
static class ProductVersion
{
    /// <summary>The version as text, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
