namespace McpScript.FileSystem;

/// <summary>Merges events until the consumer takes them; no event is lost between two takes. Thread-safe.</summary>
sealed class FileChangeBuffer(TimeProvider time)
{
    // A bound for a consumer that compiles for seconds while a build fills the folder; the paths need not be complete.
    const int MostPaths = 4096;

    readonly Lock gate = new();
    HashSet<string> paths = NewPaths();
    TaskCompletionSource raised = NewSignal();
    DateTimeOffset? seenAt;

    /// <summary>Completes when there are changes to take.</summary>
    public Task Raised
    {
        get
        {
            lock (gate)
                return raised.Task;
        }
    }

    public void Raise(params IEnumerable<string> more)
    {
        lock (gate)
        {
            foreach (var path in more.TakeWhile(_ => paths.Count < MostPaths))
                paths.Add(path);
            seenAt ??= time.GetUtcNow();
            raised.TrySetResult();
        }
    }

    /// <summary>Takes everything that was raised so far.</summary>
    public FileChanges Take()
    {
        lock (gate)
        {
            var changes = new FileChanges(paths) { SeenAt = seenAt };
            paths = NewPaths();
            seenAt = null;
            if (raised.Task.IsCompleted)
                raised = NewSignal();
            return changes;
        }
    }

    static HashSet<string> NewPaths() => new(StringComparer.Ordinal);

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
