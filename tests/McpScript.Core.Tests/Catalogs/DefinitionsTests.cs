using System.Runtime.CompilerServices;
using McpScript.Catalogs;
using ModelContextProtocol.Server;

namespace McpScript.Core.Tests.Catalogs;

public class DefinitionsTests
{
    [Fact]
    public void A_definition_is_the_JSON_that_clients_get()
    {
        Assert.Contains("\"description\":\"hello\"", Definitions.Of((McpServerTool)TestItems.Make("tool say hello")));
        Assert.Contains("\"name\":\"say\"", Definitions.Of((McpServerPrompt)TestItems.Make("prompt say hello")));
        Assert.Contains("\"uriTemplate\":\"demo://say\"", Definitions.Of((McpServerResource)TestItems.Make("resource demo://say hello")));
        Assert.Contains("\"uriTemplate\":\"demo://{id}\"", Definitions.Of((McpServerResource)TestItems.Make("template demo://{id} hello")));
    }

    [Theory]
    [InlineData("tool say")]
    [InlineData("prompt say")]
    [InlineData("resource demo://say")]
    public void A_definition_is_made_once_for_each_object(string word)
    {
        var made = TestItems.Make(word);

        Assert.Same(Of(made), Of(made));
        Assert.Equal(Of(made), Of(TestItems.Make(word)));
    }

    [Theory]
    [InlineData("tool say")]
    [InlineData("prompt say")]
    [InlineData("resource demo://say")]
    public void A_definition_does_not_keep_its_object_alive(string word)
    {
        var made = Defined(word);

        GC.Collect();

        Assert.False(made.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference Defined(string word)
    {
        var made = TestItems.Make(word);
        Of(made);
        return new(made);
    }

    static string Of(IMcpServerPrimitive primitive) => primitive switch
    {
        McpServerTool tool => Definitions.Of(tool),
        McpServerPrompt prompt => Definitions.Of(prompt),
        _ => Definitions.Of((McpServerResource)primitive),
    };
}
