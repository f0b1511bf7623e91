namespace EfNotes;

/// <summary>A note.</summary>
public class Note
{
    /// <summary>Its number.</summary>
    public int Id { get; set; }

    /// <summary>Its text.</summary>
    public string Text { get; set; } = "";
}
