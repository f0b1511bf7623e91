using McpScript.Client.Errors;
using McpScript.Client.Terminal;

namespace McpScript.Client.Output;

/// <summary>Writes errors: the message in red, then the reasons and the advice.</summary>
static class UserErrorOutput
{
    /// <summary>Writes one error.</summary>
    public static void Show(IScreen screen, UserError error)
    {
        screen.Note($"[red]{TerminalEscaping.MarkupLine(error.Message)}[/]");
        foreach (var reason in error.Reasons)
            screen.Note(TerminalEscaping.Markup($"- {reason}"));
        if (error.Cure is { } cure)
            screen.Note(TerminalEscaping.Markup(cure));
    }
}
