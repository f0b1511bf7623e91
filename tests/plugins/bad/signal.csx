using System.Runtime.InteropServices;
var signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => { }); // <- MCS704
mcp.Tool("signal", "Handles a signal and never stops.", () => 1);
