using McpScript.Client.Terminal;
using ModelContextProtocol;

namespace McpScript.Client.Output;

/// <summary>Progress display of one tool call.</summary>
/// <param name="screen">Screen to show it on.</param>
/// <param name="tool">Name of the tool.</param>
sealed class ProgressBar(IScreen screen, string tool) : IProgress<ProgressNotificationValue>, IDisposable
{
    const int Width = 24;

    readonly Lock _lock = new();
    bool _ended;

    /// <summary>Shows that the call has started.</summary>
    public void Begin() => Show($"{tool} … (Ctrl-C cancels)");

    /// <inheritdoc/>
    public void Report(ProgressNotificationValue value) => Show($"{tool} {Bar(value)}{(value.Message is { } message ? $" {message}" : "")} (Ctrl-C cancels)");

    /// <summary>Removes the display.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            screen.Progress(null);
        }
    }

    void Show(string line)
    {
        // Progress that arrives after the result must not show the bar again.
        lock (_lock)
            if (!_ended)
                screen.Progress(line);
    }

    static string Bar(ProgressNotificationValue value)
    {
        if (value.Total is not { } total || total <= 0)
            return $"{value.Progress:0.##}";
        var full = (int)Math.Round(Width * Math.Clamp(value.Progress / total, 0, 1));
        return $"[{new string('█', full)}{new string('░', Width - full)}] {value.Progress:0.##}/{total:0.##}";
    }
}
