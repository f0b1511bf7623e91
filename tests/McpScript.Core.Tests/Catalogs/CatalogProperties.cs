using CsCheck;
using McpScript.Catalogs;
using McpScript.Model;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Catalogs;

public class CatalogProperties
{
    static readonly string[] AllWords =
        ["tool a", "tool b", "tool proxy__c", "prompt a", "prompt b", "resource demo://a", "resource demo://b", "template demo://{a}", "command a"];

    static readonly Gen<string[]> Items = Gen.Shuffle(AllWords, 0, AllWords.Length);

    [Fact]
    public void Every_item_is_either_served_or_a_collision_and_its_owner_is_the_first_that_offers_it()
    {
        Items.Array[0, 4].Sample(offers =>
        {
            var plugins = offers.Select((words, i) => TestItems.Plugin($"plugin{i}", words)).ToList();

            var catalog = Catalog.Of(plugins, PluginPrimitives.Empty, out var collisions);

            var offered = plugins.SelectMany((plugin, i) => offers[i].Select(word => (Word: word, Plugin: plugin))).ToList();
            var expected = offered.Where(offer => !offer.Word.Contains("__")).DistinctBy(offer => offer.Word).ToList();
            Assert.Equal(expected.OrderBy(offer => offer.Word, StringComparer.Ordinal), Served(catalog).OrderBy(offer => offer.Word, StringComparer.Ordinal));
            Assert.Equal(offered.Count - expected.Count, collisions.Length);
            Assert.All(collisions, collision => Assert.NotSame(collision.Loser, collision.Owner));
        }, iter: 200);
    }

    static IEnumerable<(string Word, Plugin Plugin)> Served(Catalog catalog) =>
    [
        .. Owners("tool", catalog.Tools), .. Owners("prompt", catalog.Prompts), .. Owners("resource", catalog.Resources),
        .. Owners("template", catalog.Templates), .. Owners("command", catalog.Commands),
    ];

    static IEnumerable<(string Word, Plugin Plugin)> Owners<T>(string kind, CatalogSet<T> set) where T : IMcpServerPrimitive =>
        set.Items.Select(item => ($"{kind} {item.Id}", item.Owner!));
}
