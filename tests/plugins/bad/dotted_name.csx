mcp.Tool("dotted.name", "Has a dot in its name.", () => 1); // <- MCS721
