namespace McpScript.Configuration.Schema;

/// <summary>Creates the keys of a section.</summary>
static class KeyTable<TSection>
{
    /// <summary>Creates one key.</summary>
    public static SectionKey<TSection> Key<T>(
        string name, SettingType<T> type, Func<TSection, T?> get, Func<TSection, T, TSection> set, string? @default, string description,
        string? variable = null, bool live = false, KeySupport support = KeySupport.Full) => new SectionKey<TSection, T>(type, get, set)
        {
            Name = name,
            Description = description,
            Default = @default,
            EnvironmentVariable = variable,
            AppliedLive = live,
            Support = support,
        };
}
