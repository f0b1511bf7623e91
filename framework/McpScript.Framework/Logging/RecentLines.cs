namespace McpScript.Logging;

/// <summary>The last lines that were logged, for operators whose client keeps stderr to itself.</summary>
sealed class RecentLines
{
    const int Most = 1000;

    readonly Queue<string> _lines = new(Most);

    /// <summary>The newest lines, newest last.</summary>
    public IReadOnlyList<string> Tail(int count)
    {
        lock (_lines)
            return [.. _lines.TakeLast(count)];
    }

    /// <summary>Adds one, and forgets the oldest.</summary>
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
