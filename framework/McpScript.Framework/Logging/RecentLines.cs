namespace McpScript.Logging;

/// <summary>The last 1,000 log lines, for operators whose client hides stderr. Safe for concurrent use.</summary>
sealed class RecentLines
{
    const int Most = 1000;

    readonly Queue<string> _lines = new(Most);

    /// <summary>Returns the newest lines, newest last.</summary>
    public IReadOnlyList<string> Tail(int count)
    {
        lock (_lines)
            return [.. _lines.TakeLast(count)];
    }

    /// <summary>Adds a line, and removes the oldest one.</summary>
    internal void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == Most)
                _lines.Dequeue();
            _lines.Enqueue(line);
        }
    }
}
