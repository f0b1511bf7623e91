using System.Runtime.InteropServices;

namespace McpScript.FileSystem;

/// <summary>statx(2): inode, birth and change time in one system call. .NET's <see cref="FileInfo"/> has none of the three on Linux.</summary>
static partial class LinuxStat
{
    const int CurrentDirectory = -100, DoNotFollow = 0x100, Everything = 0xfff;
    const int NotPermitted = 1, NotImplemented = 38;

    static volatile bool s_unavailable = !OperatingSystem.IsLinux();

    /// <summary>Reads the stat of a path; null where this system call is not available.</summary>
    public static unsafe FileStat? TryRead(string path, bool followLinks)
    {
        if (s_unavailable)
            return null;
        try
        {
            if (StatX(CurrentDirectory, path, followLinks ? 0 : DoNotFollow, Everything, out var answer) == 0)
                return StampOf(answer);
            // Sandboxes that do not know the call reject it with EPERM, which stat itself never returns.
            s_unavailable = Marshal.GetLastPInvokeError() is NotPermitted or NotImplemented;
            return s_unavailable ? null : default(FileStat);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without statx (glibc before 2.28): the portable stat is nearly as good.
            s_unavailable = true;
            return null;
        }
    }

    static FileStat StampOf(in Answer answer)
    {
        var kind = (answer.Mode & 0xf000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Directory,
            0xa000 => FileKind.Link,
            _ => FileKind.Other,
        };
        var identity = new FileIdentity(((ulong)answer.DeviceMajor << 32) | answer.DeviceMinor, answer.Inode, answer.Born.Ticks);
        return new FileStat(kind, identity, kind == FileKind.File ? (long)answer.Size : 0, answer.Modified.Ticks, answer.Changed.Ticks);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out Answer answer);

    /// <summary>The kernel's <c>struct statx</c>, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Answer
    {
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(80)] public Time Born;
        [FieldOffset(96)] public Time Changed;
        [FieldOffset(112)] public Time Modified;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    /// <summary>The kernel's <c>struct statx_timestamp</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    struct Time
    {
        [FieldOffset(0)] long _seconds;
        [FieldOffset(8)] uint _nanoseconds;

        public readonly long Ticks => DateTime.UnixEpoch.Ticks + _seconds * TimeSpan.TicksPerSecond + _nanoseconds / TimeSpan.NanosecondsPerTick;
    }
}
