using System.Text.RegularExpressions;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Library;

/// <summary>The samples in docs/library.md are the projects in tools/examples, to the letter.</summary>
public partial class LibraryDocsSpecs
{
    [Fact]
    public void Every_sample_of_the_page_is_the_file_that_it_names()
    {
        var page = File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs", "library.md"));
        var samples = Sample().Matches(page).ToDictionary(match => match.Groups["file"].Value, match => match.Groups["code"].Value);
        var folders = Directory.GetDirectories(Path.Combine(BuiltProgram.Checkout, "tools", "examples"))
            .Where(folder => File.Exists(Path.Combine(folder, "Program.cs")));
        Assert.Equal(folders.Select(folder => $"tools/examples/{Path.GetFileName(folder)}/Program.cs").Order(StringComparer.Ordinal),
            samples.Keys.Order(StringComparer.Ordinal));
        foreach (var (file, code) in samples)
            Assert.Equal(File.ReadAllText(Path.Combine(BuiltProgram.Checkout, file)), code);
        Assert.Equal(samples.Count, Regex.Count(page, "^```csharp", RegexOptions.Multiline));
    }

    [GeneratedRegex("^`(?<file>tools/examples/[^`]+)`:\n\n```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Sample();
}
