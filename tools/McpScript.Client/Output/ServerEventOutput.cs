using System.Diagnostics;
using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;
using McpScript.Client.Primitives;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Output;

/// <summary>Writes events of a connection to the screen as they arrive.</summary>
/// <param name="screen">Screen to write to.</param>
/// <param name="verbose">True to write requests, results and the server's stderr too.</param>
sealed class ServerEventOutput(IScreen screen, bool verbose) : IServerEvents
{
    const int NamesShown = 8;

    readonly long _started = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void ListChanged(PrimitiveListChange change)
    {
        var kind = change.Kind.ToString();
        var details = Detail("added", change.Added) + Detail("removed", change.Removed) + Detail("changed", change.Changed);
        screen.Note(
            $"[yellow]{kind} list refreshed: {change.Before} -> {change.After} {kind.ToLowerInvariant()}s{TerminalEscaping.MarkupLine(details)}[/]");
    }

    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => screen.Note($"[yellow]Resource updated: {TerminalEscaping.MarkupLine(uri)}[/]");

    /// <inheritdoc/>
    public void Logged(LoggingMessageNotificationParams message)
    {
        var colour = message.Level >= LoggingLevel.Error ? "red" : message.Level >= LoggingLevel.Warning ? "yellow" : "grey";
        var text = message.Data is { ValueKind: not JsonValueKind.Undefined } data ? Json.Inline(data) : "";
        var source = message.Logger is { } logger ? $" {logger}:" : "";
        screen.Note($"[{colour}]{TerminalEscaping.MarkupLine($"[{message.Level.ToString().ToLowerInvariant()}]{source} {text}")}[/]");
    }

    /// <inheritdoc/>
    public void StderrLine(string line)
    {
        if (verbose)
            screen.Note($"[grey]{TerminalEscaping.MarkupLine($"[server] {line}")}[/]");
    }

    /// <inheritdoc/>
    public void Failed(UserError error) => UserErrorOutput.Show(screen, error);

    /// <inheritdoc/>
    public void Traced(string direction, string message)
    {
        if (verbose)
            screen.Note($"[grey]{TerminalEscaping.MarkupLine($"[{Stopwatch.GetElapsedTime(_started).TotalSeconds,7:0.000}s] {direction} {message}")}[/]");
    }

    static string Detail(string kind, IReadOnlyList<string> names) => names.Count > 0 ? $"; {kind}: {Names(names)}" : "";

    static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
}
