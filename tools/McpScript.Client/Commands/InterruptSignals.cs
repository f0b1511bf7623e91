using System.Runtime.InteropServices;
using McpScript.Client.Terminal;

namespace McpScript.Client.Commands;

/// <summary>The interrupts that come as signals: from <c>kill</c>, or from a terminal whose keys we do not read.</summary>
static class InterruptSignals
{
    /// <summary>Hands them on until it is disposed.</summary>
    public static IDisposable Forward(InterruptHandler interrupts) => PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = interrupts.Interrupt());
}
