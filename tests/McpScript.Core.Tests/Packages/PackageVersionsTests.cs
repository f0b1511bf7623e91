using McpScript.Packages;

namespace McpScript.Core.Tests.Packages;

public class PackageVersionsTests
{
    [Fact]
    public void Versions_have_the_order_of_semantic_versioning()
    {
        string[] sorted = ["0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.2", "1.0.0-alpha.10", "1.0.0-beta", "1.0.0", "1.0.0.1", "1.0.1", "1.2", "1.10",
            "2.0.0-rc.1", "2"];
        Assert.Equal(sorted, sorted.Reverse().OrderBy(text => PackageVersions.Parse(text)));
    }

    [Theory]
    [InlineData("1.2", "1.2.0")]
    [InlineData("1.2.0", "1.2.0.0")]
    [InlineData("1.2.0+build.7", "1.2.0")]
    [InlineData("1.0.0-Beta", "1.0.0-beta")]
    public void Some_texts_are_the_same_version(string one, string other) => Assert.True(PackageVersions.AreSame(one, other));

    [Theory]
    [InlineData("")]
    [InlineData("1.*")]
    [InlineData("[1.0]")]
    [InlineData("v1")]
    [InlineData("1.0.0.0.0")]
    public void Other_texts_are_not_versions(string text) => Assert.Null(PackageVersions.Parse(text));
}
