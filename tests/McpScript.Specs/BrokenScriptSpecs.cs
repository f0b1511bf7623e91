using System.Text;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Promise 1: a reload never loses a tool.</summary>
public class BrokenScriptSpecs
{
    const string One = """mcp.Tool("work", "Works.", () => "one");""";
    const string Two = """mcp.Tool("work", "Works.", () => "two");""";

    /// <summary>Ways of breaking a script: the content, the stage that finds it, and the text in the log. FOLDER stands for the plugin folder.</summary>
    static readonly Dictionary<string, (byte[] Content, PluginStage Stage, string Shown)> Ways = new()
    {
        ["a syntax error"] = (Text("""mcp.Tool("work", "Works.", () => "two";"""), PluginStage.Compile, """
            - FOLDER/work.csx(1,39): error CS1026: ) expected
                mcp.Tool("work", "Works.", () => "two";
                                                      ^
            """),
        ["a type error"] = (Text("""
            // Counts.
              int count = "many";
            mcp.Tool("work", "Works.", () => count);
            """), PluginStage.Compile, """
            - FOLDER/work.csx(2,15): error CS0029: Cannot implicitly convert type 'string' to 'int'
                int count = "many";
                            ^
            """),
        ["an exception in the body"] = (Text("""
            mcp.Tool("work", "Works.", () => "two");
            throw new InvalidOperationException("no database");
            """), PluginStage.Register, """
            - FOLDER/work.csx(2,1): error MCS0001: InvalidOperationException: no database
                throw new InvalidOperationException("no database");
                ^
            """),
        ["a name that another plugin has"] = (Text("""
            mcp.Tool("work", "Works.", () => "two");
            mcp.Tool("taken", "Also works.", () => "mine");
            """), PluginStage.Publish, """
            - FOLDER/work.csx: error MCS0005: The tool 'taken' is already offered by plugin 'other'. Rename one of them, or unload 'other'.
            """),
        ["a reserved name"] = (Text("""mcp.Tool("proxy__load", "Not yours.", () => "two");"""), PluginStage.Publish, """
            - FOLDER/work.csx: error MCS0006: The tool name 'proxy__load' is reserved for the host. Give it another name.
            """),
        ["a missing #load"] = (Text("""
            #load "lib/missing.csx"
            mcp.Tool("work", "Works.", () => "two");
            """), PluginStage.Compile, """
            - FOLDER/work.csx(1,7): error MCS101: 'lib/missing.csx' cannot be loaded: there is no file 'FOLDER/lib/missing.csx'. Create the file,
            """ + """
             or correct the path; it is relative to the file with the #load.
                #load "lib/missing.csx"
                      ^
            """),
        ["a missing #r"] = (Text("""
            #r "missing.dll"
            mcp.Tool("work", "Works.", () => "two");
            """), PluginStage.Compile, """
            - FOLDER/work.csx(1,4): error MCS105: 'missing.dll' cannot be read: there is no file 'FOLDER/missing.dll'. Put the DLL there,
            """ + """
             or correct the path; it is relative to the file with the #r.
                #r "missing.dll"
                   ^
            """),
        ["an empty file"] = ([], PluginStage.Compile, """
            - FOLDER/work.csx: error MCS103: The script registers nothing: there is no code in it. To offer a tool:
            """ + """
             mcp.Tool("echo", "Echo a text.", (string text) => text);
            """),
        ["a half-written file"] = (Text(Two[..24]), PluginStage.Compile, """
            - FOLDER/work.csx(1,18): error CS1010: Newline in constant
                mcp.Tool("work", "Works.
                                 ^
            """),
        ["binary garbage"] = ([0x7F, (byte)'E', (byte)'L', (byte)'F', (byte)'\n', 0xFE, 0x00, 0xC3], PluginStage.Compile, """
            - FOLDER/work.csx(2,1): error MCS102: 'work.csx' is not a text file: it holds bytes that are not UTF-8. Save it as UTF-8.
            """),
    };

    public static TheoryData<string> AllWays { get; } = [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task A_script_broken_by_an_edit_keeps_the_last_good_version_and_recovers_when_fixed(string by)
    {
        var (content, stage, shown) = Ways[by];
        await using var host = await TestHost.StartAsync(("work.csx", One), ("other.csx", """mcp.Tool("taken", "Other work.", () => "other");"""));

        var broken = await host.ChangeAsync("work", () => File.WriteAllBytes(host.Folder["work.csx"], content), result => IsFor(host, result, content));

        Assert.Equal((false, stage), (broken.Ok, broken.Stage));
        Assert.Equal("one", await host.CallAsync("work"));
        Assert.Equal(["taken", "work"], await host.ToolsAsync());
        var status = host.StatusOf("work");
        Assert.Equal("live, last reload failed", status.State);
        Assert.Equal(broken.Problems.AsEnumerable(), status.Problems);
        Assert.Contains($"Plugin 'work' failed to {PluginLoadException.Verb(stage)}.\n{shown.Replace("FOLDER", host.Folder.Path)}", host.Log.Text);
        Assert.Contains("The previous version is still serving. Fix it and save.", host.Log.Text);

        var mended = await host.SaveAsync("work.csx", Two);

        Assert.True(mended.Ok, mended.Error);
        Assert.Equal("two", await host.CallAsync("work"));
        Assert.Equal("other", await host.CallAsync("taken"));
        Assert.Equal(("live", 0), (host.StatusOf("work").State, host.StatusOf("work").Problems.Length));
    }

    [Fact]
    public async Task A_script_that_is_broken_from_the_start_is_reported_and_loads_once_it_is_fixed()
    {
        await using var host = await TestHost.StartAsync(("work.csx", "int x = y;"), ("other.csx", """mcp.Tool("taken", "", () => "other");"""));
        Assert.Equal(["taken"], await host.ToolsAsync());
        Assert.Equal("failed", host.StatusOf("work").State);
        Assert.Contains("Nothing is served under this name until it is fixed.", host.Log.Text);

        Assert.True((await host.SaveAsync("work.csx", One)).Ok);
        Assert.Equal("one", await host.CallAsync("work"));
    }

    [Fact]
    public async Task A_missing_file_that_appears_repairs_the_script_without_another_save()
    {
        await using var host = await TestHost.StartAsync(("work.csx", One));
        await host.SaveAsync("work.csx", """
            #load "lib/words.csx"
            mcp.Tool("work", "Works.", () => Word);
            """);
        Assert.Equal("one", await host.CallAsync("work"));

        Assert.True((await host.SaveAsync("work", "lib/words.csx", "const string Word = \"from the part\";")).Ok);
        Assert.Equal("from the part", await host.CallAsync("work"));
    }

    [Fact]
    public async Task An_error_in_a_loaded_part_is_shown_at_its_location_in_the_part()
    {
        await using var host = await TestHost.StartAsync(("lib/words.csx", "const string Word = \"one\";"), ("work.csx", """
            #load "lib/words.csx"
            mcp.Tool("work", "Works.", () => Word);
            """));

        var broken = await host.SaveAsync("work", "lib/words.csx", "\nconst string Word = 1;");

        Assert.Equal((host.Folder["lib/words.csx"], 2, 21), (broken.Problems[0].File, broken.Problems[0].Line, broken.Problems[0].Column));
        Assert.Equal("one", await host.CallAsync("work"));
    }

    static byte[] Text(string script) => Encoding.UTF8.GetBytes(script);

    static bool IsFor(TestHost host, ChangeResult result, byte[] content) =>
        !result.Ok && host.Registry.Failures.Single(failure => failure.Reference.Name == "work").Files.Contains(
            SourceFile.Of(host.Folder["work.csx"], content));
}
