using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using ModelContextProtocol.Server;

namespace EfNotes;

/// <summary>Tools for notes.</summary>
[McpServerToolType]
public static class NoteTools
{
    /// <summary>Adds a note and lists all notes that contain a word.</summary>
    [McpServerTool(Name = "ef_note")]
    public static async Task<string[]> Note(
        [Description("The database file.")] string file, [Description("The text.")] string text, [Description("The word.")] string word)
    {
        await using var db = new NotesDb(file);
        await db.Database.EnsureCreatedAsync();
        db.Notes.Add(new Note { Text = text });
        await db.SaveChangesAsync();
        return await db.Notes.Where(note => note.Text.Contains(word)).OrderBy(note => note.Id).Select(note => note.Text).ToArrayAsync();
    }
}
