namespace McpScript.FileSystem;

/// <summary>Which file or directory it is, whatever it is called and whatever is in it.</summary>
/// <param name="Device">The file system; 0 where the system does not tell.</param>
/// <param name="Inode">The number in it; 0 where the system does not tell.</param>
/// <param name="Born">When it was made, in ticks. ext4 gives a freed inode to the very next file, so a directory that was deleted and made again differs
/// only here.</param>
readonly record struct FileIdentity(ulong Device, ulong Inode, long Born);
