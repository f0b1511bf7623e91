using ModelContextProtocol.Protocol;

namespace McpScript.Http.Sessions;

/// <summary>The unanswered requests of one session, by id. Safe for concurrent use.</summary>
sealed class RunningCalls
{
    readonly Dictionary<RequestId, RunningCall> _calls = [];

    /// <summary>True if there are none.</summary>
    public bool IsEmpty { get { lock (_calls) return _calls.Count == 0; } }

    /// <summary>Adds a call; returns false if its id is in use.</summary>
    public bool TryAdd(RunningCall call)
    {
        lock (_calls)
            return _calls.TryAdd(call.Id, call);
    }

    /// <summary>Removes a call, and returns it; null if the id is unknown.</summary>
    public RunningCall? Remove(RequestId id)
    {
        lock (_calls)
            return _calls.Remove(id, out var call) ? call : null;
    }

    /// <summary>Removes the calls that match a rule, and returns them.</summary>
    public List<RunningCall> RemoveWhere(Func<RunningCall, bool> rule)
    {
        lock (_calls)
        {
            if (_calls.Count == 0)
                return [];
            var picked = _calls.Values.Where(rule).ToList();
            picked.ForEach(call => _calls.Remove(call.Id));
            return picked;
        }
    }
}
