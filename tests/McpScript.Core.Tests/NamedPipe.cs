using System.Runtime.InteropServices;

namespace McpScript.Core.Tests;

/// <summary>Named pipes (FIFOs) in the file system, on Unix.</summary>
static class NamedPipe
{
    const uint ReadWriteByOwner = 0b110_000_000;

    /// <summary>Creates a pipe that nothing writes to; opening it for reading would block forever.</summary>
    public static void Create(string path) => Assert.Equal(0, Make(path, ReadWriteByOwner));

    [DllImport("libc", EntryPoint = "mkfifo")]
    static extern int Make([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
