using System.Runtime.InteropServices;
using McpScript.Client.Terminal;

namespace McpScript.Client.Commands;

/// <summary>SIGINT from <c>kill</c>, or from a terminal whose keys are not read.</summary>
static class InterruptSignals
{
    /// <summary>Forwards SIGINT to the handler until the result is disposed.</summary>
    public static IDisposable Forward(InterruptHandler interrupts) =>
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = interrupts.Interrupt());
}
