using System.Runtime.InteropServices;
var signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => { }); // <- MCS704
mcp.Tool("signal", "Hears a signal for ever.", () => 1);
