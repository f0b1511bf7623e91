using McpScript.Loading;
using McpScript.Unloading;

namespace McpScript.Core.Tests.Loading;

public class FrameworkStaticsTests
{
    [Fact, Trait("Fault", "A16")]
    public void Every_private_name_that_unloading_relies_on_is_there_in_this_version_of_the_framework_and_of_the_sdk()
    {
        Assert.Empty(FrameworkCaches.NotFound);
        Assert.Empty(ContextPins.NotFound);
        Assert.Empty(SdkCaches.NotFound);
    }

    [Fact, Trait("Fault", "A16")]
    public void A_name_that_is_not_there_is_noticed_and_does_no_harm()
    {
        var statics = new FrameworkStatics();
        Assert.Null(statics.Field(typeof(string), "s_renamed"));
        Assert.Null(statics.Field(statics.Type(typeof(string).Assembly, "System.Renamed"), "s_any"));
        Assert.Equal(["System.String.s_renamed", "System.Renamed"], statics.NotFound);
    }
}
