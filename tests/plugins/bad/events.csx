AppDomain.CurrentDomain.ProcessExit += (_, _) => { }; // <- MCS703
Console.CancelKeyPress += (_, _) => { }; // <- MCS703
TaskScheduler.UnobservedTaskException += (_, _) => { }; // <- MCS703
System.Net.NetworkInformation.NetworkChange.NetworkAddressChanged += (_, _) => { }; // <- MCS703
mcp.Tool("events", "Subscribes and never unsubscribes.", () => 1);
