namespace McpScript.Model;

/// <summary>Keys of satellite assemblies among those of a plugin: culture and simple name.</summary>
static class SatelliteKey
{
    /// <summary>The key of a satellite assembly.</summary>
    /// <param name="culture">Name of its culture, BCP 47.</param>
    /// <param name="name">Simple name of the assembly, with <c>.resources</c>.</param>
    public static string Of(string culture, string name) => $"{culture}/{name}";
}
