using McpScript.Core.Tests.Sources;
using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public class FailedBuildTests
{
    static readonly PluginLoadException Broken = new(new("a"), PluginStage.Compile, [new("broken")]) { Files = [new("a.csx", "1")] };

    [Fact]
    public async Task A_broken_plugin_fails_with_the_location_where_it_was_found()
    {
        var candidate = await BuildAsync(new(Broken, "a"), "a");

        Assert.Same(Broken, candidate.Failure);
        Assert.Equal(TestPlugin.Location("a").Path, candidate.Path);
        Assert.Equal((null, null, null), (candidate.Image, candidate.Next, candidate.Refusal));
    }

    [Fact]
    public async Task A_plugin_that_was_not_found_fails_without_a_location()
    {
        var candidate = await BuildAsync(new(Broken, "b"), "a");

        Assert.Equal((PluginStage.Resolve, null), (candidate.Failure?.Stage, candidate.Path));
        Assert.Equal("Plugin 'a' not found", candidate.Failure?.Problems.Single().Message);
    }

    [Fact]
    public async Task An_unexpected_exception_is_a_failure_that_a_change_of_the_old_files_may_fix()
    {
        var old = TestItems.Plugin("a");

        var candidate = await BuildAsync(new(new InvalidOperationException("A bug."), "a"), "a", old: old);

        Assert.Equal((PluginStage.Compile, "InvalidOperationException: A bug."), (candidate.Failure?.Stage, candidate.Failure?.Problems.Single().Message));
        Assert.Equal(old.Files, candidate.Failure?.Files);
        Assert.IsNotType<InvalidOperationException>(candidate.Failure?.InnerException);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_listed_is_a_failure_of_each_plugin()
    {
        PendingChange[] candidates = [New("a"), New("b")];

        await BuildAsync(new(Broken, null), candidates);

        Assert.All(candidates, candidate => Assert.Equal("IOException: The disk is gone.", candidate.Failure?.Problems.Single().Message));
        Assert.All(candidates, candidate => Assert.Empty(candidate.Failure!.Files));
    }

    [Fact]
    public async Task A_plugin_that_the_configuration_turns_off_is_refused()
    {
        var candidate = await BuildAsync(new(Broken, "off"), "off");

        Assert.Equal((ErrorTexts.Disabled(new("off")), null), (candidate.Refusal, candidate.Failure));
    }

    [Fact]
    public async Task A_plugin_that_is_to_be_unloaded_is_not_built()
    {
        var candidate = await BuildAsync(new(Broken, "a"), "a", PluginChangeKind.Unload, TestItems.Plugin("a"));

        Assert.Null(candidate.Failure);
        Assert.True(candidate.Leaves);
    }

    [Fact]
    public async Task A_cancelled_build_is_not_a_failure_of_the_plugin()
    {
        var candidate = New("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BuildAsync(new(new OperationCanceledException(), "a"), candidate));

        Assert.Null(candidate.Failure);
    }

    static async Task<PendingChange> BuildAsync(BrokenSource source, string name, PluginChangeKind kind = PluginChangeKind.Load, Plugin? old = null)
    {
        var candidate = New(name, kind, old);
        await BuildAsync(source, candidate);
        return candidate;
    }

    // Loader and retirement come in only after an image was made.
    static Task BuildAsync(BrokenSource source, params PendingChange[] candidates) =>
        new ChangeBuilder(TestSources.Of(source), TestSources.Reader(), null!, source, null!, TimeProvider.System)
            .RunAsync(candidates, snapshot: null, TestContext.Current.CancellationToken);

    static PendingChange New(string name, PluginChangeKind kind = PluginChangeKind.Load, Plugin? old = null) => new(new(new(name), kind), old);
}
