using McpScript.Core.Tests.Unloading;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>Changes that fail or are refused: the failures that are kept, and the generation that stays in service.</summary>
public sealed class RegistryFailureTests : PluginRegistryFixture
{
    [Fact]
    public async Task A_load_that_fails_serves_nothing_and_is_kept_as_a_failure_until_it_succeeds()
    {
        _test.Source.PutBroken("echo");
        var result = await Registry.LoadAsync("echo").Soon();
        Assert.Equal((false, PluginStage.Compile), (result.Ok, result.Stage));
        Assert.Equal("Plugin 'echo' failed to compile: error CS1002: ; expected", result.Error);
        var failure = Assert.Single(Registry.Failures);
        Assert.Equal(("echo", PluginStage.Compile, result.Error), (failure.Reference.Name, failure.Stage, failure.Error));
        Assert.Equal("/plugins/echo.csx", Assert.Single(failure.Files).Path);
        Assert.Equal("failed", Assert.Single(Registry.GetSummary().Plugins).Value.State);

        Put("echo", "say");
        Assert.True((await Registry.LoadAsync("echo").Soon()).Ok);
        Assert.Empty(Registry.Failures);
    }

    [Fact]
    public async Task A_reload_that_fails_leaves_the_old_generation_in_service()
    {
        Put("echo", "say");
        await Registry.LoadAsync("echo").Soon();
        var before = _test.Served.Catalog;
        _test.Source.Put("echo", _ => throw new FormatException("no"));

        var result = await Registry.ReloadAsync("echo").Soon();

        Assert.Equal((false, PluginStage.Register, 1), (result.Ok, result.Stage, result.Plugin!.Generation));
        Assert.Same(before, _test.Served.Catalog);
        Assert.Equal("live, last reload failed", Assert.Single(Registry.GetSummary().Plugins).Value.State);
        Assert.False(_test.Live("echo").Retiring.IsCancellationRequested);
        Assert.Contains("The previous version is still serving.", _test.Log.Lines[^1]);
    }

    [Fact]
    public async Task A_failure_outside_the_plugin_fails_only_that_plugin()
    {
        _test.Source.PutUnreadable("echo");
        Put("other", "work");
        var results = await _test.ApplyAsync(PluginChangeKind.Load, "echo", "other");
        Assert.Equal([false, true], results.Select(result => result.Ok));
        Assert.Contains("IOException: the disk is gone", results[0].Error);
        Assert.Equal(["work"], _test.Tools);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_neither_wanted_nor_kept_as_a_failure()
    {
        var result = await Registry.LoadAsync("ecko").Soon();
        Assert.Equal((false, PluginStage.Resolve, "Plugin 'ecko' not found"), (result.Ok, result.Stage, result.Error));
        Assert.Empty(Registry.Failures);
        Assert.DoesNotContain(new("ecko"), Wanted);
    }

    [Fact]
    public async Task A_failed_plugin_whose_file_is_deleted_stays_a_failure()
    {
        _test.Source.PutBroken("echo");
        await Registry.LoadAsync("echo").Soon();
        _test.Source.Remove("echo");

        await Registry.LoadAsync("echo").Soon();

        Assert.Equal(PluginStage.Resolve, Assert.Single(Registry.Failures).Stage);
        Registry.ForgetFailure(new("echo"));
        Assert.Empty(Registry.Failures);
    }

    [Fact]
    public async Task An_invalid_name_is_refused_without_waiting_for_a_turn()
    {
        var result = await Registry.LoadAsync("../echo").Soon();
        Assert.Equal((false, PluginStage.Resolve), (result.Ok, result.Stage));
        Assert.Contains("is not a plugin name", result.Error);
        Assert.Empty(_test.Turns);
    }

    [Fact]
    public async Task A_plugin_that_the_configuration_turns_off_is_refused()
    {
        Put("echo", "say");
        _test.Settings.Disabled.Add(new("echo"));
        Assert.Equal("Plugin 'echo' disabled in config", (await Registry.LoadAsync("echo").Soon()).Error);
        Assert.Empty(Registry.Failures);
        Assert.Empty(_test.Tools);
    }

    [Fact]
    public async Task Loading_by_hand_makes_a_plugin_wanted_and_unloading_unwanted_whatever_the_outcome()
    {
        _test.Source.PutBroken("echo");
        await Registry.LoadAsync("echo").Soon();
        Assert.Contains(new("echo"), Wanted);
        Assert.Single(Registry.Failures);

        Assert.False((await Registry.UnloadAsync("echo").Soon()).Ok);
        Assert.DoesNotContain(new("echo"), Wanted);
        Assert.Empty(Registry.Failures);
    }

    [Fact]
    public async Task A_plugin_that_registers_a_name_of_another_one_is_rejected_and_cleans_up()
    {
        Put("a", "say");
        Put("b", "say", "more");
        await Registry.LoadAsync("a").Soon();

        var result = await Registry.LoadAsync("b").Soon();

        Assert.Equal((false, PluginStage.Publish), (result.Ok, result.Stage));
        Assert.Equal(["a"], Assert.Single(Registry.Failures).BlockedBy.Select(blocker => blocker.Name));
        Assert.Equal(["say"], _test.Tools);
        await _test.RetiredAsync();
        Assert.Equal(["b 1 unloads"], _steps);
    }
}
