// Minimal example: one tool.
mcp.Tool("greet", "Greet someone by name.", (string name) => $"Hello, {name}!");
