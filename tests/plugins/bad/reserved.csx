mcp.Tool("proxy__mine", "Has a name of the host's.", () => 1); // <- MCS0006
