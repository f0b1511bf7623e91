using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>C# that a script does not allow: the error says what to write instead.</summary>
public class ScriptRuleSpecs
{
    const string Tool = "\nmcp.Tool(\"plugin\", \"P.\", () => 1);";

    public static TheoryData<string, string, string> Rules => new()
    {
        { "using var http = new HttpClient();\nvar again = http.Timeout;", "CS1002", "Write 'var http = …;' and 'mcp.OnUnload(http.Dispose);'" },
        { "using MemoryStream memory = new();", "CS1002", "'MemoryStream memory = …;' and 'mcp.OnUnload(memory.Dispose);'" },
        { "await using var memory = new MemoryStream();", "CS1519", "'mcp.OnUnload(async () => await memory.DisposeAsync());'" },
        { "namespace My;\nclass A { }", "CS7021", "Declare the types without a namespace, or move it into a .cs file of a folder plugin" },
        { "namespace My { class A { } }", "CS7021", "Declare the types without a namespace" },
        { "static class Texts { public static string Twice(this string text) => text + text; }", "CS1109",
            "Write an extension method at the top, outside any class" },
        { "static class Texts { extension(string text) { public string Twice() => text + text; } }", "CS9283", "Write an extension method at the top" },
        { "file class A { }", "CS9054", "Leave out 'file'" },
        { "[assembly: System.Reflection.AssemblyTitle(\"x\")]", "CS7026", "a .cs file of a folder plugin" },
        { "Span<int> numbers = stackalloc int[3];", "CS8345", "inside a method or a block" },
        { "#:package Humanizer@2.14.1", "CS9298", "In a script write #r \"nuget: Humanizer, 2.14.1\"." },
        { "#:package Humanizer", "CS9298", "#r \"nuget: Humanizer, 1.2.3\"" },
        { "#:project ../Lib/Lib.csproj", "CS9298", "#r \"path/to/Library.dll\"" },
        { "#:property LangVersion=preview", "CS9298", "leave the line out" },
        { "var count = args.Length;", "CS0103", "config.Get(\"name\", \"default\")" },
        { "#r \"sdk:Microsoft.NET.Sdk.Web\"", "MCS105", "there are no 'sdk:' references here" },
        { "#r \"project: ../Lib/Lib.csproj\"", "MCS105", "#r \"x.dll\"" },
        { "#r \"Humanizer\"", "MCS105", "for a package #r \"nuget: Humanizer, 1.2.3\"" },
    };

    [Theory, MemberData(nameof(Rules)), Trait("Fault", "A20")]
    public async Task A_rule_that_only_scripts_have_is_explained_with_an_alternative(string text, string code, string cure)
    {
        await using var host = await TestHost.StartAsync(("plugin.csx", text + Tool));
        var problems = Assert.Single(host.Registry.Failures).Problems;
        var explained = problems.Where(problem => problem.Code == code && problem.Message.Contains(cure, StringComparison.Ordinal)).ToList();
        Assert.True(explained.Count == 1, $"Expected one {code} with: {cure}\n{string.Join('\n', problems)}");
        Assert.NotNull(explained[0].Line);
    }

    [Theory, Trait("Fault", "A20")]
    [InlineData("using var http = new HttpClient();\nvar again = http.Timeout;")]
    [InlineData("namespace My;\nclass A { }")]
    public async Task Errors_that_follow_only_from_a_script_rule_are_left_out(string text)
    {
        await using var host = await TestHost.StartAsync(("plugin.csx", text + Tool));
        Assert.Single(Assert.Single(host.Registry.Failures).Problems);
    }

    [Fact, Trait("Fault", "A20")]
    public async Task Code_that_CSharp_allows_in_a_script_is_not_reported_by_the_script_rules()
    {
        await using var host = await TestHost.StartAsync(("plugin.csx", """
            using (var outer = new MemoryStream()) { using var inner = new MemoryStream(); }
            static string Twice(this string text) => text + text;
            mcp.Tool("plugin", "P.", async () =>
            {
                using var memory = new MemoryStream();
                await using var other = new MemoryStream();
                Span<int> numbers = [1, 2];
                return "a".Twice() + numbers.Length;
            });
            """));
        Assert.Equal("aa2", await host.CallAsync("plugin"));
    }

    [Fact, Trait("Fault", "A20")]
    public async Task A_path_with_backslashes_is_the_same_path_on_every_system_and_its_file_is_watched()
    {
        await using var host = await TestHost.StartAsync(
            ("plugin.csx", "#load \"lib\\words.csx\"\nmcp.Tool(\"plugin\", \"P.\", () => Word());"), ("lib/words.csx", "string Word() => \"one\";"));
        Assert.Equal("one", await host.CallAsync("plugin"));
        await host.SaveAsync("plugin", "lib/words.csx", "string Word() => \"two\";");
        Assert.Equal("two", await host.CallAsync("plugin"));
    }
}
