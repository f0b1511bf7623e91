namespace McpScript.Configuration.Yaml;

/// <summary>A value of a YAML document and the place where it stands.</summary>
abstract record YamlValue(int Line, int Column)
{
    /// <summary>What came, for an error text.</summary>
    public abstract string Describe();
}
