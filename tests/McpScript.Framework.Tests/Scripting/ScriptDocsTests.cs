using System.Reflection;
using McpScript.Model;
using McpScript.Sources;

namespace McpScript.Framework.Tests.Scripting;

public sealed class ScriptDocsTests : IDisposable
{
    readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_method_finds_its_comment_at_run_time()
    {
        _folder.Write("_lib.csx", """
            /// <summary>From a loaded file.</summary>
            string Loaded() => "x";
            """);
        var image = _folder.CompileText("""
            #load "_lib.csx"
            /// <summary>
            ///   Adds two
            ///   numbers.
            /// </summary>
            /// <param name="a">The first one.</param>
            /// <param name="b">The second one.</param>
            [McpServerTool]
            int add(int a, int b) => a + b;

            /** <summary>Static.</summary> */
            static int twice(int n) => n * 2;

            class Outer
            {
                /// <summary>Nested.</summary>
                public static void Go(string? s) { }

                public class Inner<T>
                {
                    /// <summary>Deeply nested.</summary>
                    public static T? Go<U>(List<U> items, T? item) => item;
                }
            }

            /// <summary>Async.</summary>
            async Task<int> later(CancellationToken ct = default) => await Task.FromResult(1);

            // Not a comment for documentation.
            int plain() => 0;

            mcp.Tool("add", "", add);
            mcp.Tool("twice", "", twice);
            mcp.Tool("later", "", later);
            mcp.Tool("loaded", "", Loaded);
            """);
        using var script = await RunningScript.RunAsync(image);

        string Of(MethodInfo method) => image.Docs.TryGetValue(MemberDoc.KeyOf(method), out var doc) ? doc.Summary : "none";
        Assert.Equal("Adds two numbers.", Of(script.Registered.Tools["add"].Method));
        Assert.Equal("Static.", Of(script.Registered.Tools["twice"].Method));
        Assert.Equal("Async.", Of(script.Registered.Tools["later"].Method));
        Assert.Equal("From a loaded file.", Of(script.Registered.Tools["loaded"].Method));
        Assert.Equal("Nested.", Of(script.Assembly.GetType("Script+Outer", true)!.GetMethod("Go")!));
        Assert.Equal("Deeply nested.", Of(script.Assembly.GetType("Script+Outer+Inner`1", true)!.GetMethod("Go")!));
        Assert.Equal("none", Of(script.Assembly.GetType("Script")!.GetMethod("plain", (BindingFlags)62)!));
        var parameters = image.Docs[MemberDoc.KeyOf(script.Registered.Tools["add"].Method)].Parameters;
        Assert.Equal(("The first one.", "The second one."), (parameters["a"], parameters["b"]));
    }

    [Fact]
    public void References_to_names_are_written_as_names()
    {
        var doc = Assert.Single(_folder.CompileText("""
            class Note { }
            /// <summary>Finds a <see cref="Note"/> or a <see cref="List{T}"/>, see <see cref="find(string)"/> and <see cref="Nothing.There"/>;
            /// <c>x</c>, not <see langword="null"/>.</summary>
            string find(string text) => text;
            """).Docs).Value;
        Assert.Equal("Finds a Note or a List, see find and There; x, not null.", doc.Summary);
    }

    [Fact]
    public void A_comment_that_is_not_XML_is_not_an_error()
    {
        Assert.Empty(_folder.CompileText("/// <summary>Less < more</summary>\nint f() => 1;").Docs);
        Assert.Empty(_folder.CompileText("/// <summary>Open\nint f() => 1;").Docs);
        Assert.Empty(_folder.CompileText("/// Just text.\nint f() => 1;").Docs);
        Assert.Empty(_folder.CompileText("/// <include file='gone.xml' path='x'/>\nint f() => 1;").Docs);
    }

    [Theory]
    [InlineData("<summary>One<para>Two</para>Three<br/>Four</summary>", "One Two Three Four")]
    [InlineData("<summary>The <paramref name=\"a\"/>, a <typeparamref name=\"T\"/>.</summary>", "The a, a T.")]
    [InlineData("<summary><see cref=\"T:System.String\"/> <see cref=\"M:X.Y(System.Int32)\"/> <see cref=\"!:Z\"/></summary>", "String Y Z")]
    [InlineData("<summary><see cref=\"T:A\">the text</see>, <see href=\"https://x.example\"/></summary>", "the text, https://x.example")]
    [InlineData("<summary>a<list type=\"bullet\"><item><description>b</description></item><item>c</item></list>d</summary>", "a b c d")]
    [InlineData("<summary>1 &lt; 2 &amp; <![CDATA[3 > 2]]></summary>", "1 < 2 & 3 > 2")]
    [InlineData("<summary>A</summary><summary>B</summary>", "A B")]
    [InlineData("<summary>Say <!-- not --> this</summary>", "Say this")]
    public void A_comment_reads_as_text(string xml, string text) => Assert.Equal(text, DocComment.Parse($"<member>{xml}</member>")!.Summary);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<member/>")]
    [InlineData("<member><summary> </summary><param name=\"a\"/></member>")]
    [InlineData("<!-- Badly formed XML comment ignored -->")]
    public void An_empty_comment_counts_as_missing(string? xml) => Assert.Null(DocComment.Parse(xml));

    [Fact]
    public void Doubled_and_nameless_parameters_do_no_harm()
    {
        var doc = DocComment.Parse("<member><param name=\"a\">1</param><param name=\"a\">2</param><param>3</param></member>")!;
        Assert.Equal([KeyValuePair.Create("a", "1")], doc.Parameters);
    }
}
