namespace McpScript.FileSystem;

/// <summary>Identity of a file or directory, independent of its name and content.</summary>
/// <param name="Device">Id of the file system; 0 where the system does not provide it.</param>
/// <param name="Inode">Inode number; 0 where the system does not provide it.</param>
/// <param name="Born">Creation time in ticks. ext4 gives a freed inode to the next file, so a directory that was deleted and recreated differs only
/// here.</param>
readonly record struct FileIdentity(ulong Device, ulong Inode, long Born);
