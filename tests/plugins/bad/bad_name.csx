mcp.Tool("bad name", "Has a blank in its name.", () => 1); // <- MCS0001
