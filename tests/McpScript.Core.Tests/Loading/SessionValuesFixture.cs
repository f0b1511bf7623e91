using McpScript.Core.Tests.Unloading;
using McpScript.Loading;
using McpScript.Model;

namespace McpScript.Core.Tests.Loading;

/// <summary>Base of the tests of session values: a plugin, the values that it made, and a clock that the test advances.</summary>
public abstract class SessionValuesFixture
{
    private protected static readonly TimeSpan Idle = TimeSpan.FromSeconds(40), Sweep = TimeSpan.FromSeconds(10);

    private protected readonly WatchedTime _time = new();
    private protected readonly RecordedLog<SessionValuesFixture> _log = new();
    private protected readonly Plugin _plugin = TestPlugin.Create("counter");
    private protected readonly List<SessionValue> _made = [];
    private protected readonly SessionValues<SessionValue> _values;

    protected SessionValuesFixture() => _values = Values(Make, Idle);

    private protected SessionValue Make()
    {
        var value = new SessionValue();
        lock (_made)
            _made.Add(value);
        return value;
    }

    private protected SessionValues<T> Values<T>(Func<T> create, TimeSpan? idle) => new(create, idle, _time, _log);

    private protected SessionValue Alone(Func<SessionValue> use)
    {
        using var call = PluginExecutionContext.ForRequest(_plugin, null);
        return In(call, use);
    }

    private protected T In<T>(object session, Func<T> use)
    {
        using var call = PluginExecutionContext.ForRequest(_plugin, session);
        return In(call, use);
    }

    private protected static T In<T>(PluginExecutionContext call, Func<T> use)
    {
        using var flow = call.Enter();
        return use();
    }
}
