// Is never loaded. <- MCS722 file
mcp.Tool("shadowed", "Has the name of a script.", () => 2);
