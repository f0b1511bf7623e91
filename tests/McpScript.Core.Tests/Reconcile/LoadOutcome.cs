namespace McpScript.Core.Tests.Reconcile;

/// <summary>Outcome of an attempt to load a plugin.</summary>
enum LoadOutcome
{
    /// <summary>It is loaded.</summary>
    Live,

    /// <summary>It does not compile.</summary>
    Broken,

    /// <summary>Another plugin has one of its names.</summary>
    Blocked,
}
