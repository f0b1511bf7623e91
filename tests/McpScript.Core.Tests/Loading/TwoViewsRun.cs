using System.Text.Json;
using McpScript.Loading;

namespace McpScript.Core.Tests.Loading;

/// <summary>A real store with two views beside the model: takes the same steps and compares all that can be read.</summary>
sealed class TwoViewsRun
{
    static readonly string[] Keys = ["a", "b"];

    readonly PluginState.View[] _views;

    public TwoViewsRun()
    {
        var store = new PluginState();
        _views = [store.Open(JsonSerializerOptions.Default), store.Open(JsonSerializerOptions.Default)];
    }

    public bool Set(int view, int key, TwoViewsState model)
    {
        _views[view].Set(Keys[key], TwoViewsState.ValueOf(view));
        return IsEquivalentTo(model);
    }

    public bool Remove(int view, int key, TwoViewsState model) => _views[view].Remove(Keys[key]) == model.Removed && IsEquivalentTo(model);

    public bool Commit(int view, TwoViewsState model)
    {
        _views[view].Commit();
        return IsEquivalentTo(model);
    }

    bool IsEquivalentTo(TwoViewsState model) => Enumerable.Range(0, 2).All(view =>
        Enumerable.Range(0, 2).All(key => _views[view].Get(Keys[key], '-') == model.Read(view, key))
        && _views[view].Keys.ToHashSet().SetEquals(Keys.Where((_, key) => model.Read(view, key) != '-')));
}
