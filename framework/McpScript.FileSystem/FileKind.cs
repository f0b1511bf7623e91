namespace McpScript.FileSystem;

/// <summary>Kind of file system entry at a path.</summary>
enum FileKind
{
    /// <summary>No entry, or one that this process may not see.</summary>
    Missing,
    File,
    Directory,
    Link,

    /// <summary>A pipe, socket or device: never opened, because opening a pipe waits for its other end.</summary>
    Other,
}
