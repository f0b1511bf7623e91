mcp.Tool("twice", "Is there twice.", () => 1); // <- MCS0004
mcp.Tool("twice", "Is there twice.", () => 2);
