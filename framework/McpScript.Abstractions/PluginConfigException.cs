namespace McpScript;

/// <summary>The exception when a plugin's setting does not fit the type that the plugin reads.</summary>
public sealed class PluginConfigException(string key, string origin, Exception inner)
    : Exception($"{origin}: {(key.Length == 0 ? "the settings do" : $"'{key}' does")} not fit: {WithoutPlace(inner.Message)}", inner)
{
    /// <summary>The path of the setting, such as <c>limits.size</c>; empty for all settings.</summary>
    public string Key { get; } = key;

    // Removes the serializer's position, which refers to generated JSON, not to the user's file.
    static string WithoutPlace(string message) => message.IndexOf(" Path: $", StringComparison.Ordinal) is >= 0 and var end ? message[..end] : message;
}
