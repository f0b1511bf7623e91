using System.Text.Json.Nodes;

namespace McpScript.Specs.Authentication;

/// <summary>The OAuth metadata of the protected resource, and the audience that follows from the public URL.</summary>
public class ResourceMetadataSpecs : IntrospectedSpecs
{
    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task The_metadata_is_available_in_both_forms_without_a_token(string path)
    {
        await using var mcp = await StartAsync(resource => resource with { Name = "Weather" });
        var answer = await mcp.RequestAsync(null, HttpMethod.Get, path);
        Assert.Equal((200, "public, max-age=3600"), (answer.Status, answer.Headers.CacheControl?.ToString()));
        Assert.Equal(
            $$"""{"resource":"https://mcp.example/mcp","authorization_servers":["{{_server.Url.OriginalString}}"],"scopes_supported":"""
                + $$"""["user"],"bearer_methods_supported":["header"],"resource_name":"Weather"}""",
            answer.Text);
    }

    [Fact]
    [Trait("Fault", "B-F21")]
    public async Task A_public_URL_without_the_path_means_the_endpoint_below_it()
    {
        var bare = new Uri("https://mcp.example");
        await using var mcp = await StartAsync(resource => resource with { PublicUrl = bare, Audience = bare.OriginalString });
        Assert.Equal("https://mcp.example/mcp",
            (string?)JsonNode.Parse((await mcp.RequestAsync(null, HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp")).Text)!["resource"]);
        Assert.Equal("https://mcp.example",
            (string?)JsonNode.Parse((await mcp.RequestAsync(null, HttpMethod.Get, "/.well-known/oauth-protected-resource")).Text)!["resource"]);

        foreach (var (audience, status) in new[] { ("https://mcp.example", 200), ("https://mcp.example/", 200), ("https://mcp.example/mcp", 200),
            ("https://mcp.example/other", 401) })
        {
            _server.Always(Active(answer => answer["aud"] = audience));
            Assert.Equal((audience, status), (audience, (await mcp.WithAsync($"for-{audience.Length}-{audience[^1]}".Replace('/', '-'))).Status));
        }
    }

    [Fact]
    [Trait("Fault", "B-F21")]
    public async Task A_public_URL_with_a_slash_is_used_unchanged()
    {
        var root = new Uri("https://mcp.example/");
        await using var mcp = await StartAsync(resource => resource with { PublicUrl = root, Audience = root.OriginalString });
        Assert.Equal("https://mcp.example/",
            (string?)JsonNode.Parse((await mcp.RequestAsync(null, HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp")).Text)!["resource"]);
        _server.Always(Active(answer => answer["aud"] = "https://mcp.example/mcp"));
        Assert.Equal(401, (await mcp.WithAsync("path")).Status);
    }

    [Fact]
    [Trait("Fault", "B-F16")]
    public async Task The_metadata_answers_HEAD()
    {
        await using var mcp = await StartAsync();
        var answer = await mcp.RequestAsync(null, HttpMethod.Head, "/.well-known/oauth-protected-resource/mcp");
        Assert.Equal((200, ""), (answer.Status, answer.Text));
    }
}
