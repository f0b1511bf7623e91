using System.Text.RegularExpressions;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Authoring;

public partial class DiagnosticsSpecs
{
    [Fact]
    public void Every_code_in_the_source_is_explained_in_the_docs_and_no_other()
    {
        var source = new[] { "framework", "proxy", "tools" }.SelectMany(
            folder => Directory.GetFiles(Path.Combine(BuiltProgram.Checkout, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Quoted().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);
        var page = File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs", "diagnostics.md"));
        Assert.Equal(source, Listed().Matches(page).Select(found => found.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"(MCS[0-9]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("^\\| (MCS[0-9]+) \\|", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
