namespace McpScript.Http;

/// <summary>How much silence a stream may keep, and by which clock.</summary>
sealed record KeepAlive(TimeSpan Silence, TimeProvider Time);
