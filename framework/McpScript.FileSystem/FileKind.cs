namespace McpScript.FileSystem;

/// <summary>What stands at a path.</summary>
enum FileKind
{
    /// <summary>Nothing, or nothing that we may look at.</summary>
    Missing,
    File,
    Directory,
    Link,

    /// <summary>A pipe, socket or device: never opened, because opening a pipe waits for its other end.</summary>
    Other,
}
