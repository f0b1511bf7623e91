namespace McpScript.Configuration.Yaml;

/// <summary>One line of a mapping; the place is the key's.</summary>
sealed record YamlEntry(string Key, YamlValue Value, int Line, int Column);
