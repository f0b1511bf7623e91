mcp.Tool("settings", "Has settings that cannot be read.", () => 1);
