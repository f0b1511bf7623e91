namespace McpScript.FileSystem;

/// <summary>Many events in, one hint out; none is lost between two takes.</summary>
sealed class FileChangeBuffer(TimeProvider time)
{
    // A bound for a consumer that compiles for seconds while a build fills the folder; paths are never promised to be complete.
    const int MostPaths = 4096;

    readonly Lock gate = new();
    HashSet<string> paths = NewPaths();
    TaskCompletionSource raised = NewSignal();
    DateTimeOffset? seenAt;

    /// <summary>Completes when there is a hint to take.</summary>
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

    /// <summary>All that was raised up to now, as one hint.</summary>
    public FileChanges Take()
    {
        lock (gate)
        {
            var hint = new FileChanges(paths) { SeenAt = seenAt };
            paths = NewPaths();
            seenAt = null;
            if (raised.Task.IsCompleted)
                raised = NewSignal();
            return hint;
        }
    }

    static HashSet<string> NewPaths() => new(StringComparer.Ordinal);

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
