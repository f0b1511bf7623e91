using McpScript.Client.Errors;
using McpScript.Client.Terminal;

namespace McpScript.Client.Output;

/// <summary>Shows complaints: what in red, why, and what to do.</summary>
static class UserErrorOutput
{
    /// <summary>Shows one.</summary>
    public static void Show(IScreen screen, UserError complaint)
    {
        screen.Note($"[red]{TerminalEscaping.MarkupLine(complaint.Message)}[/]");
        foreach (var reason in complaint.Reasons)
            screen.Note(TerminalEscaping.Markup($"- {reason}"));
        if (complaint.Cure is { } cure)
            screen.Note(TerminalEscaping.Markup(cure));
    }
}
