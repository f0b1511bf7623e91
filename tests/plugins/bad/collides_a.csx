mcp.Tool("contested", "Was first.", () => 1);
