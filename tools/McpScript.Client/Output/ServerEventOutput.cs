using System.Diagnostics;
using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Errors;
using McpScript.Client.Primitives;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Output;

/// <summary>Shows what comes from a server unasked, as it comes.</summary>
/// <param name="screen">Where.</param>
/// <param name="verbose">True to show the traffic, and what a program writes to stderr.</param>
sealed class ServerEventOutput(IScreen screen, bool verbose) : IServerEvents
{
    const int NamesShown = 8;

    readonly long _started = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void ListChanged(PrimitiveListChange change)
    {
        var kind = change.Kind.ToString();
        var what = new[] { ("added", change.Added), ("removed", change.Removed), ("changed", change.Changed) }.Where(part => part.Item2.Count > 0).Select(part => $"; {part.Item1}: {Names(part.Item2)}");
        screen.Note($"[yellow]{kind} list refreshed: {change.Before} -> {change.After} {kind.ToLowerInvariant()}s{TerminalEscaping.MarkupLine(string.Concat(what))}[/]");
    }

    /// <inheritdoc/>
    public void ResourceUpdated(string uri) => screen.Note($"[yellow]Resource updated: {TerminalEscaping.MarkupLine(uri)}[/]");

    /// <inheritdoc/>
    public void Logged(LoggingMessageNotificationParams message)
    {
        var colour = message.Level >= LoggingLevel.Error ? "red" : message.Level >= LoggingLevel.Warning ? "yellow" : "grey";
        var text = message.Data is { ValueKind: not JsonValueKind.Undefined } data ? Json.Inline(data) : "";
        screen.Note($"[{colour}]{TerminalEscaping.MarkupLine($"[{message.Level.ToString().ToLowerInvariant()}]{(message.Logger is { } logger ? $" {logger}:" : "")} {text}")}[/]");
    }

    /// <inheritdoc/>
    public void StderrLine(string line)
    {
        if (verbose)
            screen.Note($"[grey]{TerminalEscaping.MarkupLine($"[server] {line}")}[/]");
    }

    /// <inheritdoc/>
    public void Failed(UserError complaint) => UserErrorOutput.Show(screen, complaint);

    /// <inheritdoc/>
    public void Traced(string direction, string what)
    {
        if (verbose)
            screen.Note($"[grey]{TerminalEscaping.MarkupLine($"[{Stopwatch.GetElapsedTime(_started).TotalSeconds,7:0.000}s] {direction} {what}")}[/]");
    }

    static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
}
