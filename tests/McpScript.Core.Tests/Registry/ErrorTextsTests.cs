using McpScript.Model;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

public class ErrorTextsTests
{
    static readonly PluginReference Echo = new("echo");

    [Fact]
    public void A_refused_change_is_one_line_with_the_text_of_the_original()
    {
        Assert.Equal("Plugin 'echo' already loaded", ErrorTexts.AlreadyLoaded(Echo));
        Assert.Equal("Plugin 'echo' not loaded", ErrorTexts.NotLoaded(Echo));
        Assert.Equal("Plugin 'echo' not loaded, use load()", ErrorTexts.NotLoadedUseLoad(Echo));
        Assert.Equal("Plugin 'echo' disabled in config", ErrorTexts.Disabled(Echo));
    }

    [Theory]
    [InlineData(PluginStage.Resolve, "first.")]
    [InlineData(PluginStage.Compile, "Plugin 'echo' failed to compile: echo.csx(1,2): error CS1: first.")]
    [InlineData(PluginStage.Register, "Plugin 'echo' register() failed: first.")]
    [InlineData(PluginStage.Publish, "Collision loading 'echo': first.")]
    public void A_failure_is_one_line_with_its_first_problem(PluginStage stage, string line) => Assert.Equal(line, ErrorTexts.Of(Failure(stage, "first.")));

    [Theory]
    [InlineData(PluginStage.Compile)]
    [InlineData(PluginStage.Register)]
    [InlineData(PluginStage.Publish)]
    public void Further_problems_of_a_failure_are_counted(PluginStage stage)
    {
        Assert.EndsWith("first. (and 1 more)", ErrorTexts.Of(Failure(stage, "first.", "second.")));
        Assert.EndsWith("first. (and 2 more)", ErrorTexts.Of(Failure(stage, "first.", "second.", "third.")));
    }

    static PluginLoadException Failure(PluginStage stage, params string[] problems) =>
        new(Echo, stage, [.. problems.Select(message => new PluginProblem(message, "CS1", "echo.csx", 1, 2))]);
}
