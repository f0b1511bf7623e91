using ModelContextProtocol.Protocol;

namespace McpScript.Http.Sessions;

/// <summary>The requests of one session that have no answer yet, by id.</summary>
sealed class RunningCalls
{
    readonly Dictionary<RequestId, RunningCall> _calls = [];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty { get { lock (_calls) return _calls.Count == 0; } }

    /// <summary>Adds a call; false if its id is in use.</summary>
    public bool TryAdd(RunningCall call)
    {
        lock (_calls)
            return _calls.TryAdd(call.Id, call);
    }

    /// <summary>Takes a call out, whatever becomes of it.</summary>
    public RunningCall? Remove(RequestId id)
    {
        lock (_calls)
            return _calls.Remove(id, out var call) ? call : null;
    }

    /// <summary>Takes out the calls that a rule picks.</summary>
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
