using System.Diagnostics;
using System.Text.Json;
using McpScript.Client.Arguments;
using McpScript.Client.Connecting;
using McpScript.Client.Offers;
using McpScript.Client.Terminal;
using ModelContextProtocol.Protocol;

namespace McpScript.Client.Showing;

/// <summary>Shows what comes from a server unasked, as it comes.</summary>
/// <param name="screen">Where.</param>
/// <param name="verbose">True to show the traffic, and what a program writes to stderr.</param>
sealed class ScreenNews(IScreen screen, bool verbose) : INews
{
    const int NamesShown = 8;

    readonly long _started = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Changed(OfferChange change)
    {
        var kind = change.Kind.ToString();
        var what = new[] { ("added", change.Added), ("removed", change.Removed), ("changed", change.Changed) }.Where(part => part.Item2.Count > 0).Select(part => $"; {part.Item1}: {Names(part.Item2)}");
        screen.Note($"[yellow]{kind} list refreshed: {change.Before} -> {change.After} {kind.ToLowerInvariant()}s{Safe.Line(string.Concat(what))}[/]");
    }

    /// <inheritdoc/>
    public void Updated(string uri) => screen.Note($"[yellow]Resource updated: {Safe.Line(uri)}[/]");

    /// <inheritdoc/>
    public void Logged(LoggingMessageNotificationParams message)
    {
        var colour = message.Level >= LoggingLevel.Error ? "red" : message.Level >= LoggingLevel.Warning ? "yellow" : "grey";
        var text = message.Data is { ValueKind: not JsonValueKind.Undefined } data ? Json.Inline(data) : "";
        screen.Note($"[{colour}]{Safe.Line($"[{message.Level.ToString().ToLowerInvariant()}]{(message.Logger is { } logger ? $" {logger}:" : "")} {text}")}[/]");
    }

    /// <inheritdoc/>
    public void Wrote(string line)
    {
        if (verbose)
            screen.Note($"[grey]{Safe.Line($"[server] {line}")}[/]");
    }

    /// <inheritdoc/>
    public void Trouble(Complaint complaint) => Complaints.Show(screen, complaint);

    /// <inheritdoc/>
    public void Traced(string direction, string what)
    {
        if (verbose)
            screen.Note($"[grey]{Safe.Line($"[{Stopwatch.GetElapsedTime(_started).TotalSeconds,7:0.000}s] {direction} {what}")}[/]");
    }

    static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
}
