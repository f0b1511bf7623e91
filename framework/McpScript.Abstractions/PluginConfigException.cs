namespace McpScript;

/// <summary>A plugin's setting does not fit what the plugin reads it as.</summary>
public sealed class PluginConfigException(string key, string origin, Exception inner)
    : Exception($"{origin}: {(key.Length == 0 ? "the settings do" : $"'{key}' does")} not fit: {WithoutPlace(inner.Message)}", inner)
{
    /// <summary>The setting's path, such as <c>limits.size</c>; empty for the whole.</summary>
    public string Key { get; } = key;

    // The serializer adds a place in JSON text that nobody has written.
    static string WithoutPlace(string message) => message.IndexOf(" Path: $", StringComparison.Ordinal) is >= 0 and var end ? message[..end] : message;
}
