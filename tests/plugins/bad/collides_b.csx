mcp.Tool("contested", "Comes second.", () => 1); // <- MCS0005
