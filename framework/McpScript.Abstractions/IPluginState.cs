namespace McpScript;

/// <summary>
/// Values of a plugin that are kept when it is reloaded. The host stores them as JSON, so that no type of an older generation is kept. Safe for concurrent
/// use.
/// </summary>
/// <remarks>Values that are set during registration apply only once the new generation is served.</remarks>
public interface IPluginState
{
    /// <summary>The names of the values, in no particular order.</summary>
    IReadOnlyCollection<string> Keys { get; }

    /// <summary>Returns the value with a name, or <paramref name="fallback"/> if there is none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored value does not fit <typeparamref name="T"/>.</exception>
    T? Get<T>(string key, T? fallback = default);

    /// <summary>Stores a value.</summary>
    void Set<T>(string key, T value);

    /// <summary>Replaces a value by the result of <paramref name="update"/>, with no other write in between, and returns the new value.</summary>
    T Update<T>(string key, Func<T?, T> update);

    /// <summary>Removes a value; returns false if there was none.</summary>
    bool Remove(string key);
}
