// Minimal example: one tool.
mcp.Tool("greet", "Greet someone by name.", ([Description("Whom to greet.")] string name) => $"Hello, {name}!");
