using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpScript.Core.Tests.Registry;
using McpScript.Loading.Primitives;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Core.Tests.Loading.Primitives;

public sealed class PluginUpdateTests : IDisposable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void An_existing_item_is_removed_once()
    {
        var update = new PluginUpdate(Items("a", "b"), null);

        Assert.True(update.Remove("a"));
        Assert.False(update.Remove("a"));
        Assert.False(update.Remove("c"));
        Assert.Equal("b", Names(update, Items("a", "b")));
    }

    [Fact]
    public void The_prefix_of_a_name_may_be_left_out()
    {
        var update = new PluginUpdate(Items("demo_a", "demo_b", "c"), "demo");

        Assert.True(update.Remove("a"));
        Assert.False(update.Remove("a"));
        Assert.True(update.Remove("demo_b"));
        Assert.False(update.Remove("c_"));
        Assert.Equal("c", Names(update, Items("demo_a", "demo_b", "c")));
    }

    [Fact]
    public void Without_a_prefix_nothing_is_put_before_a_name()
    {
        var update = new PluginUpdate(Items("_a"), null);

        Assert.False(update.Remove("a"));
        Assert.Equal("_a", Names(update, Items("_a")));
    }

    [Fact]
    public void An_added_item_joins_the_current_items()
    {
        var update = new PluginUpdate(Items("a"), null);
        update.Remove("a");
        update.Tool("new", "A new one.", () => "x");

        Assert.Equal("b new", Names(update, Items("a", "b")));
    }

    [Fact]
    public void All_invalid_items_are_reported_together()
    {
        var update = new PluginUpdate(Items("a"), null);
        update.Tool("twice", "", () => "x");
        update.Tool("twice", "", () => "y");
        update.Complete("absent", "argument", text => [text]);

        var refused = Assert.Throws<InvalidOperationException>(() => Names(update, Items("a")));

        Assert.Equal("The tool 'twice' is registered 2 times in this plugin. Names are unique: rename or remove one. "
            + "mcp.Complete names 'absent', argument 'argument', but this plugin has no such prompt or resource template.", refused.Message);
    }

    string Names(PluginUpdate update, PluginPrimitives current)
    {
        var factory = new PrimitiveFactory(_services, Json, ImmutableDictionary<string, MemberDoc>.Empty, null, new NoGuards());
        return string.Join(' ', update.Build(current, factory).Tools.Select(tool => tool.ProtocolTool.Name));
    }

    static PluginPrimitives Items(params string[] tools) => new() { Tools = [.. tools.Select(tool => TestPlugin.Tool(tool))] };
}
