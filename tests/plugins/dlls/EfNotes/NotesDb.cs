using Microsoft.EntityFrameworkCore;

namespace EfNotes;

/// <summary>The database of notes.</summary>
public class NotesDb(string file) : DbContext
{
    /// <summary>The notes.</summary>
    public DbSet<Note> Notes => Set<Note>();

    /// <inheritdoc/>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite($"Data Source={file}");
}
