using McpScript.Packages;

namespace McpScript.Core.Tests.Packages;

public class PackageSelectorTests
{
    [Theory]
    [InlineData("Contoso.Tools", false, "*", "*")]
    [InlineData("Contoso.Tools", true, "*-*", "*-*")]
    [InlineData("Contoso.Tools@1.2.3", false, "1.2.3", "[1.2.3]")]
    [InlineData("Contoso.Tools@1.2.3-beta.1", true, "1.2.3-beta.1", "[1.2.3-beta.1]")]
    [InlineData("Contoso.Tools@1.*", false, "1.*", "1.*")]
    [InlineData("Contoso.Tools@1.*", true, "1.*-*", "1.*-*")]
    [InlineData("Contoso.Tools @ [1.0, 2.0)", false, "[1.0, 2.0)", "[*, 2.0)")]
    [InlineData("Contoso.Tools@[1.0,)", false, "[1.0,)", "*")]
    [InlineData("Contoso.Tools@[1.2.3]", false, "[1.2.3]", "[1.2.3]")]
    public void A_selector_is_the_version_range_that_is_requested_from_NuGet(string text, bool prerelease, string version, string range)
    {
        var wish = PackageSelector.Parse(text, prerelease)!;
        Assert.Equal(("Contoso.Tools", version, range), (wish.Id, wish.Version, wish.Request.Version));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@1.0")]
    [InlineData("a@")]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData("a@latest")]
    [InlineData("a@1.0\"/><Exec Command=\"x")]
    public void An_invalid_selector_is_refused(string text) => Assert.Null(PackageSelector.Parse(text));

    [Theory]
    [InlineData("a@[1.5,2.0)", "1.5", true)]
    [InlineData("a@[1.5,2.0)", "1.4.9", false)]
    [InlineData("a@(,2.0)", "0.1", true)]
    [InlineData("a", "0.1", true)]
    public void A_range_has_a_lower_end(string text, string version, bool fits) => Assert.Equal(fits, PackageSelector.Parse(text)!.Allows(version));

    [Theory]
    [InlineData("a@1.2.3", "*")]
    [InlineData("a@1.2.3-beta", "*-*")]
    [InlineData("a@1.*", "1.*")]
    [InlineData("a@[1.2.3]", "[1.2.3]")]
    [InlineData("a@[1.0,2.0)", "[1.0,2.0)")]
    public void An_update_stays_within_the_requested_range(string text, string next) => Assert.Equal(next, PackageSelector.Parse(text)!.Next().Version);
}
