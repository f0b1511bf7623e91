using System.Text.RegularExpressions;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Client;

/// <summary>The transcripts in the client's page were seen.</summary>
public partial class ClientDocsSpecs
{
    [Fact]
    public void Every_transcript_in_the_docs_is_part_of_an_approved_one()
    {
        var approved = string.Join('\n', Directory.GetFiles(ApprovedFile.Folder).Select(File.ReadAllText));
        var shown = Transcript().Matches(File.ReadAllText(Path.Combine(BuiltProgram.Checkout, "docs", "client.md")))
            .Select(match => match.Groups["text"].Value).ToList();
        Assert.Equal(5, shown.Count);
        Assert.All(shown, transcript => Assert.Contains(transcript, approved));
    }

    [GeneratedRegex("^```text\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Transcript();
}
