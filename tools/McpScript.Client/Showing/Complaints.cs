using McpScript.Client.Terminal;

namespace McpScript.Client.Showing;

/// <summary>Shows complaints: what in red, why, and what to do.</summary>
static class Complaints
{
    /// <summary>Shows one.</summary>
    public static void Show(IScreen screen, Complaint complaint)
    {
        screen.Note($"[red]{Safe.Line(complaint.Message)}[/]");
        foreach (var reason in complaint.Why)
            screen.Note(Safe.Markup($"- {reason}"));
        if (complaint.Cure is { } cure)
            screen.Note(Safe.Markup(cure));
    }
}
