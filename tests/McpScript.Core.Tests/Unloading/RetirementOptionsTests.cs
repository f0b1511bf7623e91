using McpScript.Unloading;

namespace McpScript.Core.Tests.Unloading;

public sealed class RetirementOptionsTests
{
    [Fact]
    public void Without_options_calls_outlast_a_reload_and_have_half_a_minute_after_an_unload() => Assert.Equal(
        new RetirementOptions
        {
            ReloadDrain = null, UnloadDrain = TimeSpan.FromSeconds(30),
            CancelGrace = TimeSpan.FromSeconds(5), CollectGrace = TimeSpan.FromSeconds(10), Shutdown = TimeSpan.FromSeconds(10),
        },
        new RetirementOptions());
}
