using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace McpScript.Hosting;

/// <summary>The protocol's streams, with the process's descriptors 0 and 1 replaced so that no other code can use them.</summary>
/// <remarks>
/// A child process of a plugin inherits descriptors 0 and 1 and would read the client's requests and write into the answers, whatever Console.SetOut does.
/// So the protocol gets duplicates that are closed on exec, 0 becomes /dev/null and 1 becomes stderr. On Windows, where this is untested, the standard
/// streams are used unchanged.
/// </remarks>
static partial class StdioStreams
{
    /// <summary>Takes over stdin and stdout for the protocol. Must be called once, before anything is printed.</summary>
    /// <exception cref="IOException">stdin or stdout is not open.</exception>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The standard streams are the transport.")]
    public static (Stream Input, Stream Output) Take()
    {
        if (OperatingSystem.IsWindows())
            return (Console.OpenStandardInput(), Console.OpenStandardOutput());
        var input = Duplicate(0);
        var output = Duplicate(1);
        using (var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
            Check(dup2((int)nothing.DangerousGetHandle(), 0), "dup2");
        Check(dup2(2, 1), "dup2");
        return (new DescriptorStream(input, reads: true), new DescriptorStream(output, reads: false));
    }

    /// <summary>Returns the standard streams unchanged, for an application that itself keeps other output off its stdout.</summary>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The standard streams are the transport.")]
    public static (Stream Input, Stream Output) Open() => OperatingSystem.IsWindows()
        ? (Console.OpenStandardInput(), Console.OpenStandardOutput())
        : (new DescriptorStream(0, reads: true), new DescriptorStream(1, reads: false));

    static int Duplicate(int descriptor)
    {
        // F_DUPFD_CLOEXEC with a minimum of 3, so that the duplicate never becomes a standard stream.
        var command = OperatingSystem.IsMacOS() ? 67 : 1030;
        return Check(fcntl(descriptor, command, 3), "fcntl");
    }

    static int Check(int result, string call) =>
        result >= 0
            ? result
            : throw new IOException($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}. stdin and stdout must be open for a stdio server.");

#pragma warning disable IDE1006 // libc's names.
    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int from, int to);
#pragma warning restore IDE1006
}
