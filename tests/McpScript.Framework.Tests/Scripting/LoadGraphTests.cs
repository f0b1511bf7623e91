using McpScript.Scripting.Sources;

namespace McpScript.Framework.Tests.Scripting;

public sealed class LoadGraphTests : IDisposable
{
    // Ahead of the files: they were written long ago.
    readonly ManualTime _time = new(DateTime.UtcNow.AddMinutes(1));
    readonly ScriptFolder _folder = new();
    readonly LoadGraph _graph;

    public LoadGraphTests() => _graph = new LoadGraph(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unchanged_file_is_not_read_again()
    {
        var a = Write("a.csx", "#load \"b.csx\"");
        var b = Write("b.csx", "int b;");
        Assert.Equal([KeyValuePair.Create(b, a)], _graph.PartsOf([a, b]));
        _graph.PartsOf([a, b]);
        Assert.Equal(2, _graph.Reads);
    }

    [Fact]
    public void A_changed_file_is_read_again()
    {
        var a = Write("a.csx", "#load \"b.csx\"");
        var b = Write("b.csx", "int b;");
        _graph.PartsOf([a, b]);
        Write("a.csx", "int a;");
        Assert.Empty(_graph.PartsOf([a, b]));
        Assert.Equal(3, _graph.Reads);
    }

    [Fact]
    public void A_recently_written_file_is_read_again_even_with_the_same_stamp()
    {
        _time.Now = DateTime.UtcNow.AddMinutes(-1);
        var a = Write("a.csx", "#load \"b.csx\"");
        var b = Write("b.csx", "int b;");
        Assert.NotEmpty(_graph.PartsOf([a, b]));
        Write("a.csx", "#load \"c.csx\"");
        Assert.DoesNotContain(b, _graph.PartsOf([a, b]).Keys);
    }

    [Fact]
    public void A_link_is_identified_by_its_target()
    {
        var target = Write("data/a.csx", "#load \"b.csx\"");
        var b = Write("b.csx", "int b;");
        var a = _folder["a.csx"];
        File.CreateSymbolicLink(a, target);
        Assert.NotEmpty(_graph.PartsOf([a, b]));
        Write("data/a.csx", "int a;");
        Assert.Empty(_graph.PartsOf([a, b]));
    }

    string Write(string name, string text) => _folder.Write(name, text);
}
