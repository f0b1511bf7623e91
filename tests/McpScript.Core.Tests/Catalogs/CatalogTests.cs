using McpScript.Catalogs;
using McpScript.Plugins;

namespace McpScript.Core.Tests.Catalogs;

public class CatalogTests
{
    [Fact]
    public void The_first_plugin_in_the_list_keeps_a_contested_tool_name()
    {
        var (first, second) = (TestPlugin.Create("first", "say", "own"), TestPlugin.Create("second", "say"));

        var catalog = Catalog.Of([first, second], PluginItems.Empty, out var collisions);

        Assert.Same(first, catalog.Tools.Items.Single(item => item.Id == "say").Owner);
        var collision = Assert.Single(collisions);
        Assert.Equal((second, first, "say"), (collision.Loser, collision.Owner, collision.Id));
    }
}
