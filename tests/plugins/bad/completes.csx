mcp.Tool("completes", "Completes what it does not have.", () => 1);
mcp.Complete("no_such_prompt", "name", typed => [typed]); // <- MCS0007
