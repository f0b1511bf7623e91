var wait = ThreadPool.RegisterWaitForSingleObject(new AutoResetEvent(false), (_, _) => { }, null, -1, false); // <- MCS706
mcp.Tool("wait", "Waits for ever.", () => 1);
