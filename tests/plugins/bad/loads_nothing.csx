#load "nowhere.csx" // <- MCS101
mcp.Tool("loads_nothing", "Loads what is not there.", () => 1);
