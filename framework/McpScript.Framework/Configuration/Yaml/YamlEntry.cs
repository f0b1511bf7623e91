namespace McpScript.Configuration.Yaml;

/// <summary>One entry of a mapping, with the place of its key.</summary>
sealed record YamlEntry(string Key, YamlValue Value, int Line, int Column);
