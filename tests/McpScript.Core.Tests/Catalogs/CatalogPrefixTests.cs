using McpScript.Catalogs;
using McpScript.Model;

namespace McpScript.Core.Tests.Catalogs;

public class CatalogPrefixTests
{
    [Theory]
    [InlineData("script", "package", true)]
    [InlineData("package", "script", true)]
    [InlineData("package", "package", true)]
    [InlineData("script", "script", false)]
    public void Two_plugins_may_share_a_prefix_unless_one_of_them_is_a_package(string kind, string otherKind, bool isCollision)
    {
        var (first, second) = (With("first", "demo", kind), With("second", "demo", otherKind));

        Catalog.Of([first, second], PluginPrimitives.Empty, out var collisions);

        Assert.Equal(isCollision ? [new Collision("prefix", "demo", second, first)] : [], collisions);
    }

    [Fact]
    public void Prefixes_that_differ_in_case_only_collide_and_other_prefixes_do_not()
    {
        var (first, second, third) = (With("first", "demo", "package"), With("second", "DEMO", "package"), With("third", "other", "package"));

        Catalog.Of([first, second, third], PluginPrimitives.Empty, out var collisions);

        Assert.Equal([new Collision("prefix", "DEMO", second, first)], collisions);
    }

    [Fact]
    public void Packages_without_a_prefix_do_not_collide()
    {
        Catalog.Of([With("first", null, "package"), With("second", null, "package")], PluginPrimitives.Empty, out var collisions);

        Assert.Empty(collisions);
    }

    [Fact]
    public void A_contested_prefix_is_reported_beside_contested_names()
    {
        var first = TestItems.Plugin("first", 1, ["tool demo_say"], "package", "demo");
        var second = TestItems.Plugin("second", 1, ["tool demo_say"], "package", "demo");

        Catalog.Of([first, second], PluginPrimitives.Empty, out var collisions);

        Assert.Equal(["tool", "prefix"], collisions.Select(collision => collision.Kind));
    }

    static Plugin With(string name, string? prefix, string kind) => TestItems.Plugin(name, 1, [], kind, prefix);
}
