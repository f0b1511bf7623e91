using System.Text;
using System.Text.RegularExpressions;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Client;

/// <summary>A text that was read and found good, kept beside the spec.</summary>
static partial class ApprovedFile
{
    /// <summary>The folder of the approved files.</summary>
    public static string Folder { get; } = Path.Combine(BuiltProgram.Checkout, "tests", "McpScript.Specs", "Client", "Approved");

    /// <summary>Compares a transcript, in which times and addresses do not count, with the approved one; what differs is shown line by line.</summary>
    public static void Matches(string name, string transcript)
    {
        var (path, received) = (Path.Combine(Folder, $"{name}.txt"), Normal(transcript));
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == received)
            return;
        var beside = Path.Combine(Directory.CreateDirectory(Path.Combine(BuiltProgram.Checkout, "artifacts", "received")).FullName, $"{name}.txt");
        File.WriteAllText(beside, received);
        Assert.Fail($"{name}.txt is not what was approved (- approved, + received). If it is better now, copy {beside} "
            + $"to {path}.\n{Difference(approved.Split('\n'), received.Split('\n'))}");
    }

    static string Normal(string text) =>
        Session().Replace(Address().Replace(Seconds().Replace(text, "(0.000s)"), "http://127.0.0.1:12200"), "").TrimEnd() + "\n";

    // The longest common lines stay; what is between them was taken out or put in.
    static string Difference(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var lines = new StringBuilder();
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
            if (i < before.Length && j < after.Length && before[i] == after[j])
                (_, _) = (lines.Append("  ").AppendLine(before[i++]), j++);
            else if (j == after.Length || i < before.Length && common[i + 1, j] >= common[i, j + 1])
                lines.Append("- ").AppendLine(before[i++]);
            else
                lines.Append("+ ").AppendLine(after[j++]);
        return lines.ToString();
    }

    [GeneratedRegex(@"\([0-9]+\.[0-9]{3}s\)")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^Session: .*\n", RegexOptions.Multiline)]
    private static partial Regex Session();
}
