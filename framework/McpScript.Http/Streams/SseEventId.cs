using System.Globalization;

namespace McpScript.Http.Streams;

/// <summary>An event id: the number of the stream, and of the event in it. Unique among all sessions.</summary>
readonly record struct SseEventId(long Stream, long Number)
{
    /// <summary>Parses an id as <see cref="ToString"/> writes it.</summary>
    public static bool TryParse(string text, out SseEventId id)
    {
        id = default;
        var dash = text.IndexOf('-');
        if (dash < 0 || !TryParse(text.AsSpan(0, dash), out var stream) || !TryParse(text.AsSpan(dash + 1), out var number))
            return false;
        id = new SseEventId(stream, number);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stream}-{Number}");

    static bool TryParse(ReadOnlySpan<char> text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
