namespace McpScript;

/// <summary>
/// A plugin's values that outlive its reloads, kept by the host as JSON so that no type of an older generation is carried along. Safe for concurrent use.
/// </summary>
/// <remarks>What is written during registration counts only once the new generation is served.</remarks>
public interface IPluginState
{
    /// <summary>The names of the values, in no particular order.</summary>
    IReadOnlyCollection<string> Keys { get; }

    /// <summary>The value of that name, or <paramref name="fallback"/> when there is none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored value does not fit <typeparamref name="T"/>.</exception>
    T? Get<T>(string key, T? fallback = default);

    /// <summary>Stores a value.</summary>
    void Set<T>(string key, T value);

    /// <summary>Replaces a value by what <paramref name="update"/> makes of it, with no other write in between, and returns the new one.</summary>
    T Update<T>(string key, Func<T?, T> update);

    /// <summary>Forgets a value; false if there was none.</summary>
    bool Remove(string key);
}
