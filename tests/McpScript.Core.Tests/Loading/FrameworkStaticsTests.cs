using McpScript.Loading;
using McpScript.Unloading;

namespace McpScript.Core.Tests.Loading;

public class FrameworkStaticsTests
{
    [Fact, Trait("Fault", "A16")]
    public void Every_private_name_that_unloading_relies_on_exists_in_this_version_of_framework_and_sdk()
    {
        AssertFound(FrameworkCaches.NotFound, "FrameworkCaches");
        AssertFound(ContextPins.NotFound, "ContextPins");
        AssertFound(SdkCaches.NotFound, "SdkCaches");
    }

    static void AssertFound(IEnumerable<string> missing, string user) => Assert.True(
        !missing.Any(),
        $"This version of .NET or of the MCP SDK does not have: {string.Join(", ", missing)}. Find out how it keeps what {user} releases (the declaring type's "
        + $"source), adapt {user}, and see that UnloadSpecs and PinSpecs pass; if nothing is kept any more, remove the name.");

    [Fact, Trait("Fault", "A16")]
    public void A_missing_private_name_is_detected_and_does_no_harm()
    {
        var statics = new FrameworkStatics();
        Assert.Null(statics.Field(typeof(string), "s_renamed"));
        Assert.Null(statics.Field(statics.Type(typeof(string).Assembly, "System.Renamed"), "s_any"));
        Assert.Equal(["System.String.s_renamed", "System.Renamed"], statics.NotFound);
    }
}
