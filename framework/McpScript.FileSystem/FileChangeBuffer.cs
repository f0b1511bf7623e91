namespace McpScript.FileSystem;

/// <summary>Merges events until the consumer takes them; no event is lost between two takes. Thread-safe.</summary>
sealed class FileChangeBuffer(TimeProvider time)
{
    // A bound for a consumer that compiles for seconds while a build fills the folder; the paths need not be complete.
    const int MostPaths = 4096;

    readonly Lock _gate = new();
    HashSet<string> _paths = NewPaths();
    TaskCompletionSource _raised = NewSignal();
    DateTimeOffset? _seenAt;

    /// <summary>Completes when there are changes to take.</summary>
    public Task Raised
    {
        get
        {
            lock (_gate)
                return _raised.Task;
        }
    }

    public void Raise(params IEnumerable<string> more)
    {
        lock (_gate)
        {
            foreach (var path in more.TakeWhile(_ => _paths.Count < MostPaths))
                _paths.Add(path);
            _seenAt ??= time.GetUtcNow();
            _raised.TrySetResult();
        }
    }

    /// <summary>Takes everything that was raised so far.</summary>
    public FileChanges Take()
    {
        lock (_gate)
        {
            var changes = new FileChanges(_paths) { SeenAt = _seenAt };
            _paths = NewPaths();
            _seenAt = null;
            if (_raised.Task.IsCompleted)
                _raised = NewSignal();
            return changes;
        }
    }

    static HashSet<string> NewPaths() => new(StringComparer.Ordinal);

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
