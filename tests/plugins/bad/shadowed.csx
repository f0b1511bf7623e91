mcp.Tool("shadowed", "Has the name of a folder.", () => 1);
