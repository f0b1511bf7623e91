var timer = new System.Timers.Timer(1000); // <- MCS701
mcp.Tool("timers_timer", "Lets another kind of timer run.", () => 1);
