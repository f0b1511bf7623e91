namespace McpScript.Core.Tests.Configuration;

[Trait("Fault", "Operators")]
public sealed class PathBaseTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/tools")]
    [InlineData("/a/b-c/d_e.1/~f")]
    public void A_path_is_used_unchanged(string path) => Assert.Equal(path, _folder.Load($"path_base: {path}\n").PathBase);

    [Theory]
    [InlineData("tools")]
    [InlineData("/")]
    [InlineData("/tools/")]
    [InlineData("//tools")]
    [InlineData("/tools?x=1")]
    [InlineData("/tools#x")]
    [InlineData("/{name}")]
    [InlineData("/to ols")]
    [InlineData("/to%20ols")]
    [InlineData("/../x")]
    [InlineData("/.well-known")]
    [InlineData("https://mcp.example/tools")]
    public void Other_values_are_refused_with_valid_ones(string path) =>
        Assert.Contains("'path_base' must be a path such as /tools", Assert.Single(_folder.ProblemsOf($"path_base: '{path}'\n")));

    [Fact]
    public void Without_it_the_server_is_at_the_root() => Assert.Equal("", _folder.Load("transport: http\n").PathBase);
}
