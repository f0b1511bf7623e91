// Notes: a store with a resource for each note, prompts about them, and completion of their names.
// Settings: file (by default notes are kept in memory, and survive reloads).
var file = config.Get<string>("file") is { Length: > 0 } path ? Path.GetFullPath(Expand(path)) : null;
var turn = new object();

mcp.Tool("save_note", "Save a note; a note of the same name is replaced.",
    ([Description("A short name.")] string name, [Description("Text of the note.")] string text) =>
{
    Change(notes => notes[name] = text);
    return $"Saved '{name}'.";
}, new() { Idempotent = true, OpenWorld = false });

mcp.Tool("delete_note", "Delete a note.", ([Description("Its name.")] string name) =>
    Change(notes => notes.Remove(name)) ? $"Deleted '{name}'." : throw new McpException($"There is no note '{name}'."),
    new() { Destructive = true, OpenWorld = false });

mcp.Tool("find_notes", "Find notes whose name or text contains a text; without it, all notes.",
    ([Description("Text to search for.")] string text = "") =>
        string.Join('\n', All().Where(note => Contains($"{note.Key} {note.Value}", text)).Select(note => $"{note.Key}: {note.Value}")),
    new() { ReadOnly = true, OpenWorld = false });

mcp.ResourceTemplate("note://{name}", (string name) => Note(name), new() { Name = "note", Description = "A note, by its name." });
mcp.Complete("note://{name}", "name", Names);

mcp.Prompt("summarize_note", "Summarize a note.", ([Description("Its name.")] string name) => $"Summarize this note in one sentence:\n\n{Note(name)}");
mcp.Complete("summarize_note", "name", Names);

mcp.Prompt("plan_day", "Plan the day with all notes.", () =>
    $"Make a plan for today from these notes:\n\n{string.Join("\n\n", All().Select(note => $"# {note.Key}\n{note.Value}"))}");

static bool Contains(string note, string text) => note.Contains(text, StringComparison.OrdinalIgnoreCase);

static string Expand(string path) => path.StartsWith("~/") ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..] : path;

IEnumerable<string> Names(string typed) => All().Keys.Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase));

string Note(string name) => All().TryGetValue(name, out var text) ? text : throw new McpException($"There is no note '{name}'.");

SortedDictionary<string, string> All()
{
    lock (turn)
        return (file is null ? mcp.State.Get<SortedDictionary<string, string>>("notes")
            : File.Exists(file) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(file))
            : null) ?? [];
}

T Change<T>(Func<SortedDictionary<string, string>, T> change)
{
    lock (turn)
    {
        var notes = All();
        var result = change(notes);
        if (file is null)
            mcp.State.Set("notes", notes);
        else
        {
            // Replaces the file atomically, so that readers never see a partly written file.
            File.WriteAllText($"{file}.new", JsonSerializer.Serialize(notes));
            File.Move($"{file}.new", file, overwrite: true);
        }
        return result;
    }
}
