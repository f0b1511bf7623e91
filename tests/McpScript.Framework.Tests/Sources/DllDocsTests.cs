using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using McpScript.Sources;
using McpScript.Testing;

namespace McpScript.Framework.Tests.Sources;

public class DllDocsTests
{
    [Fact]
    public void Each_comment_finds_its_method_however_its_parameters_are_spelled()
    {
        var dll = Dll.Build("Docs", """
            namespace Space;
            public class Outer<T>
            {
                public class Inner
                {
                    /// <summary>one</summary>
                    public void M(string a) { }
                    /// <summary>two</summary>
                    public void M(int b) { }
                    /// <summary>list</summary>
                    /// <param name="c">c's</param>
                    public void L(Dictionary<string, List<int?>> c, int[] d, int[,] e, ref string f) { }
                    /// <summary>generic</summary>
                    public void G<U>(U g, T h) { }
                    public void None() { }
                }
            }
            public static class Plain { /// <summary>none</summary>
                public static void No() { } }
            """);
        using var image = new PEReader(ImmutableArray.Create(dll.Assembly));
        var docs = DllDocs.Of(image, dll.Documentation);
        Assert.Equal(
            ["Space.Outer`1+Inner::G(g,h) generic", "Space.Outer`1+Inner::L(c,d,e,f) list", "Space.Outer`1+Inner::M(a) one", "Space.Outer`1+Inner::M(b) two",
                "Space.Plain::No() none"],
            docs.Select(doc => $"{doc.Key} {doc.Value.Summary}").Order(StringComparer.Ordinal));
        Assert.Equal("c's", docs["Space.Outer`1+Inner::L(c,d,e,f)"].Parameters["c"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<doc><members>")]
    [InlineData("<config/>")]
    public void A_file_in_another_format_has_no_comments(string text)
    {
        using var image = new PEReader(ImmutableArray.Create(Dll.Build("Docs", "public class C;").Assembly));
        Assert.Empty(DllDocs.Of(image, System.Text.Encoding.UTF8.GetBytes(text)));
    }
}
