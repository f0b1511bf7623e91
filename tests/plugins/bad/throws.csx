var settings = new Dictionary<string, string>();
var url = settings["url"]; // <- MCS0001
mcp.Tool("throws", "Is never reached.", () => url);
