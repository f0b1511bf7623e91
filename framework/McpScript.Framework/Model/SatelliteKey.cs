namespace McpScript.Model;

/// <summary>Keys of a plugin's satellite assemblies: culture and simple name.</summary>
static class SatelliteKey
{
    /// <summary>Creates the key of a satellite assembly.</summary>
    /// <param name="culture">Name of its culture, BCP 47.</param>
    /// <param name="name">Simple name of the assembly, with <c>.resources</c>.</param>
    public static string Of(string culture, string name) => $"{culture}/{name}";
}
