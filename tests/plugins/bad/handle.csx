using System.Runtime.InteropServices;
var handle = GCHandle.Alloc(new object()); // <- MCS705
mcp.Tool("handle", "Holds on to an object.", () => 1);
