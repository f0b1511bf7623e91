// Reference: a tool, a resource and a prompt.
mcp.Tool("demo_time", "Tell the server's local time.", () => DateTime.Now.ToString("yyyy-MM-ddTHH:mm:ss.ffffff"), new() { ReadOnly = true });

mcp.Resource("demo://status", () => "ok", new() { Description = "Status of the demo." });

mcp.Prompt("demo_summarize", "Summarize a text.", (string text) => $"Please summarize the following text concisely:\n\n{text}");
