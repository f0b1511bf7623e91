using System.ComponentModel;
using System.Runtime.InteropServices;

namespace McpScript.Testing.Processes;

/// <summary>Sends POSIX signals.</summary>
static class Signals
{
    /// <summary>Sends a signal to a process that this test has started.</summary>
    public static void Send(this Signal signal, int process)
    {
        if (kill(process, (int)signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

#pragma warning disable IDE1006 // libc's name.
    [DllImport("libc", SetLastError = true)]
    static extern int kill(int process, int signal);
#pragma warning restore IDE1006
}
