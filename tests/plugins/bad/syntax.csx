mcp.Tool("syntax", "Lacks a parenthesis.", () => 1; // <- CS1026
