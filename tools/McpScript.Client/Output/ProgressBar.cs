using McpScript.Client.Terminal;
using ModelContextProtocol;

namespace McpScript.Client.Output;

/// <summary>Shows how far a call is.</summary>
/// <param name="screen">Where.</param>
/// <param name="tool">What is called.</param>
sealed class ProgressBar(IScreen screen, string tool) : IProgress<ProgressNotificationValue>, IDisposable
{
    const int Width = 24;

    readonly Lock _lock = new();
    bool _over;

    /// <summary>Shows that it has begun.</summary>
    public void Begin() => Show($"{tool} … (Ctrl-C cancels)");

    /// <inheritdoc/>
    public void Report(ProgressNotificationValue value) => Show($"{tool} {Bar(value)}{(value.Message is { } message ? $" {message}" : "")} (Ctrl-C cancels)");

    /// <summary>Takes it away.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _over = true;
            screen.Progress(null);
        }
    }

    void Show(string line)
    {
        // A report that comes after the result must not bring the bar back.
        lock (_lock)
            if (!_over)
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
