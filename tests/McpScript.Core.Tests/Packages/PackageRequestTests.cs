using McpScript.Packages;

namespace McpScript.Core.Tests.Packages;

public class PackageRequestTests
{
    [Theory]
    [InlineData("Humanizer.Core, 2.14.1", "Humanizer.Core", "2.14.1")]
    [InlineData("  Contoso.Tools ,1.0.0-beta.2+7 ", "Contoso.Tools", "1.0.0-beta.2+7")]
    [InlineData("a, [1.0, 2.0)", "a", "[1.0, 2.0)")]
    [InlineData("a,2.*", "a", "2.*")]
    [InlineData("a", "a", "*")]
    public void An_id_and_a_version_are_distinguished(string text, string id, string version) =>
        Assert.Equal(new PackageRequest(id, version), PackageRequest.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(", 1.0")]
    [InlineData("a, ")]
    [InlineData("a, newest")]
    [InlineData("../a, 1.0")]
    [InlineData("$(Secret), 1.0")]
    [InlineData("a, 1.0$(Secret)")]
    [InlineData("a;b, 1.0")]
    [InlineData("a, 1.0\"/><Exec Command=\"x")]
    public void A_text_that_is_invalid_or_has_a_meaning_to_the_build_is_refused(string text) => Assert.Null(PackageRequest.Parse(text));

    [Theory]
    [InlineData("1.2.3", "1.2.3.0", true)]
    [InlineData("1.2.3", "1.2.4", false)]
    [InlineData("1.*", "1.9.0", true)]
    [InlineData("1.*", "10.0.0", false)]
    [InlineData("1.*", "1.9.0-beta", false)]
    [InlineData("1.*-*", "1.9.0-beta", true)]
    [InlineData("*", "7.0.0", true)]
    [InlineData("[1.0,2.0)", "1.5.0", true)]
    [InlineData("[1.0,2.0)", "2.0.0", false)]
    [InlineData("[*, 2.0)", "1.5.0", true)]
    [InlineData("[*, 2.0)", "2.5.0", false)]
    [InlineData("[*-*, 2.0)", "1.5.0-beta", true)]
    [InlineData("*-*", "0.1.0-beta", true)]
    [InlineData("1.*", "none", false)]
    public void A_found_version_satisfies_the_request_or_not(string requested, string found, bool fits) =>
        Assert.Equal(fits, new PackageRequest("a", requested).Allows(found));

    [Fact]
    public void Ids_and_prefixes_of_ids_are_compared_ignoring_case()
    {
        var request = new PackageRequest("Contoso.Tools", "1.0");
        Assert.All(["contoso.tools", "Contoso.", "contoso.*", "*"], allowed => Assert.True(request.IsAmong([allowed])));
        Assert.All(["Contoso", "Contoso.Tool", "Tools", "Contoso.Tools.More"], allowed => Assert.False(request.IsAmong([allowed])));
        Assert.False(request.IsAmong([]));
    }
}
