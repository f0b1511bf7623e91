namespace OlderNet;

/// <summary>A type of the plugin's own.</summary>
public class Own
{
    /// <summary>A number.</summary>
    public int Number { get; set; }

    /// <summary>More of them, by name.</summary>
    public Dictionary<string, Own> More { get; set; } = [];
}
