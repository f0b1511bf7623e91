namespace OlderNet;

/// <summary>A type of the plugin.</summary>
public class Own
{
    /// <summary>A number.</summary>
    public int Number { get; set; }

    /// <summary>Nested values by name.</summary>
    public Dictionary<string, Own> More { get; set; } = [];
}
