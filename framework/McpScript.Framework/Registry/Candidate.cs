using McpScript.Plugins;

namespace McpScript.Registry;

/// <summary>A wish while it is being carried out.</summary>
sealed class Candidate(PluginChange change, Plugin? old)
{
    /// <summary>The wish.</summary>
    public PluginChange Change { get; } = change;

    /// <summary>What is loaded under the name; null if nothing is.</summary>
    public Plugin? Old { get; } = old;

    /// <summary>Its image, once made.</summary>
    public PluginImage? Image { get; set; }

    /// <summary>Its new generation, once made; null again if that failed.</summary>
    public Plugin? Next { get; set; }

    /// <summary>A new generation that was made and may not be served.</summary>
    public Plugin? Rejected { get; set; }

    /// <summary>Why it failed.</summary>
    public PluginLoadException? Failure { get; set; }

    /// <summary>Whom it collided with.</summary>
    public IReadOnlyList<string> BlockedBy { get; set; } = [];

    /// <summary>Why it was not even begun.</summary>
    public string? Refusal { get; set; }

    /// <summary>True if the old generation goes and none comes.</summary>
    public bool Leaves => Change.Kind == PluginChangeKind.Unload && Refusal is null;

    /// <summary>True while a new generation may still come of it.</summary>
    public bool IsGoing => Change.Kind != PluginChangeKind.Unload && Refusal is null && Failure is null;
}
