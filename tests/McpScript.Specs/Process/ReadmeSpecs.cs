using McpScript.Testing;

namespace McpScript.Specs;

public class ReadmeSpecs
{
    [Theory]
    [InlineData("dotnet run --project proxy -- serve --watch --http 12200")]
    [InlineData("dotnet test")]
    public void The_readme_holds_the_commands_that_a_newcomer_types(string command)
    {
        var lines = File.ReadAllLines(Path.Combine(BuiltProgram.Checkout, "README.md")).Select(line => line.Trim());
        Assert.Contains(command, lines);
    }
}
