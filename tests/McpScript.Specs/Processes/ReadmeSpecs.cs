using McpScript.Testing.Processes;

namespace McpScript.Specs.Processes;

public class ReadmeSpecs
{
    [Theory]
    [InlineData("dotnet run --project proxy -- serve --watch --http 12200")]
    [InlineData("dotnet test")]
    public void The_readme_contains_the_commands_of_a_first_use(string command)
    {
        var lines = File.ReadAllLines(Path.Combine(BuiltProgram.Checkout, "README.md"));
        // Nothing before or after it that would have to be typed too.
        Assert.Contains(lines, line => line.Trim() == command || line.Contains($"`{command}`"));
    }
}
