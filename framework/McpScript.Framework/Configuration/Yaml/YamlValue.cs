namespace McpScript.Configuration.Yaml;

/// <summary>A value of a YAML document and its place.</summary>
abstract record YamlValue(int Line, int Column)
{
    /// <summary>Returns a description of the value for an error text.</summary>
    public abstract string Describe();
}
