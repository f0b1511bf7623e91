// Resource templates: each variable of the URI is a parameter of the handler.

var notes = new Dictionary<int, string> { [1] = "Buy milk.", [2] = "Call Ada." };

mcp.ResourceTemplate("notes://{id}", (int id) => notes.TryGetValue(id, out var note) ? note : throw new McpException($"There is no note {id}."),
    new() { Name = "note", Description = "A note, by its number." });

mcp.ResourceTemplate("notes://search{?word,limit}", (string word, int limit = 10) =>
    JsonSerializer.Serialize(notes.Values.Where(note => note.Contains(word, StringComparison.OrdinalIgnoreCase)).Take(limit)),
    new() { Name = "search", MimeType = "application/json" });
