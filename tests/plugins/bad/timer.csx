var timer = new Timer(_ => { }, null, 1000, 1000); // <- MCS701
mcp.Tool("timer", "Lets a timer run.", () => 1);
