using McpScript.Testing.Processes;

namespace McpScript.Specs.Library;

/// <summary>The public API changes only on purpose: the approved files show each change as a diff.</summary>
public class PublicApiSpecs
{
    [Theory]
    [InlineData("McpScript")]
    [InlineData("McpScript.Abstractions")]
    [InlineData("McpScript.CallLog")]
    [InlineData("McpScript.FileSystem")]
    [InlineData("McpScript.Framework")]
    [InlineData("McpScript.Http")]
    [InlineData("McpScript.Packages")]
    [InlineData("McpScript.Scripting")]
    public void The_public_API_is_the_approved_one(string assembly)
    {
        var api = PublicApi.Of(System.Reflection.Assembly.Load(assembly));
        var approved = Path.Combine(BuiltProgram.Checkout, "tests", "McpScript.Specs", "Library", $"{assembly}.approved.txt");
        var received = Path.Combine(BuiltProgram.Checkout, "artifacts", $"{assembly}.received.txt");
        var before = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (api != before)
            File.WriteAllText(received, api);
        Assert.True(api == before, $"""
            The public API of {assembly} is not the one in {approved}.
            {string.Join('\n', before.Split('\n').Except(api.Split('\n')).Select(line => $"- {line}")
                .Concat(api.Split('\n').Except(before.Split('\n')).Select(line => $"+ {line}")))}
            If that is meant: cp '{received}' '{approved}'
            """);
    }
}
