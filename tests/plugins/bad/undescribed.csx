mcp.Tool("undescribed", "", (string text) => text); // <- MCS711 MCS712
mcp.Prompt("undescribed_prompt", "", () => "Why?"); // <- MCS713

[McpServerTool]
int undescribed_method(int a) => a; // <- MCS711 MCS712
