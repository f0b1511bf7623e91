using System.Collections.Concurrent;
using System.Text.Json;
using McpScript.Core.Tests.Unloading;
using McpScript.Loading;

namespace McpScript.Core.Tests.Loading;

/// <summary>The state of one plugin that two generations use from several threads at once, with what each step saw.</summary>
sealed class CountedState
{
    readonly ConcurrentDictionary<int, string> _seen = [];
    readonly PluginState.View _old, _next;

    public CountedState()
    {
        var store = new PluginState();
        (_old, _next) = (store.Open(JsonSerializerOptions.Default), store.Open(JsonSerializerOptions.Default));
        _old.Commit();
        _old.Set("a", 1);
        _next.Set("a", 100);
        _next.Set("b", 100);
    }

    /// <summary>All that was seen, and the values at the end.</summary>
    public string Outcome => $"{string.Join(", ", _seen.OrderBy(pair => pair.Key))}; old {All(_old)}; next {All(_next)}";

    public void Set(string key, int value) => _old.Set(key, value);

    public void Add(string key, int step) => _seen[step] = $"{_old.Update<int>(key, value => AfterAWhile(value) + 1)}";

    public void Get(string key, int step) => _seen[step] = $"{_old.Get(key, -1)}";

    public void Remove(string key, int step) => _seen[step] = $"{_old.Remove(key)}";

    public void Keys(int step) => _seen[step] = string.Join(' ', _old.Keys.Order());

    public void Commit() => _next.Commit();

    static string All(PluginState.View view) => string.Join(' ', view.Keys.Order().Select(key => $"{key}={view.Get<int>(key)}"));

    static int AfterAWhile(int value)
    {
        SlowTime.Linger();
        return value;
    }
}
