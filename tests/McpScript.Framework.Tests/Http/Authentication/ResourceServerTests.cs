using McpScript.Configuration;
using McpScript.Http.Authentication;

namespace McpScript.Framework.Tests.Http.Authentication;

public class ResourceServerTests
{
    [Theory]
    [InlineData("https://login.example", "https://login.example/introspect")]
    [InlineData("https://login.example/", "https://login.example/introspect")]
    [InlineData("https://login.example/realms/a/", "https://login.example/realms/a/introspect")]
    public void Introspection_is_below_the_server_without_a_double_slash(string server, string introspection) =>
        Assert.Equal(introspection, Of(new() { ServerUrl = new(server), PublicUrl = new("https://mcp.example/mcp") }).IntrospectionUrl.AbsoluteUri);

    [Theory]
    [InlineData("https://mcp.example/mcp", "https://mcp.example/.well-known/oauth-protected-resource/mcp")]
    [InlineData("https://mcp.example", "https://mcp.example/.well-known/oauth-protected-resource")]
    [InlineData("https://mcp.example:8443/a/b/", "https://mcp.example:8443/.well-known/oauth-protected-resource/a/b")]
    public void The_metadata_has_the_path_of_RFC_9728(string publicUrl, string metadata) =>
        Assert.Equal(metadata, Of(new() { ServerUrl = new("https://login.example"), PublicUrl = new(publicUrl) }).MetadataUrl.AbsoluteUri);

    [Theory]
    [InlineData(null, "https://mcp.example/mcp")]
    [InlineData("none", null)]
    [InlineData("urn:weather", "urn:weather")]
    public void The_audience_is_the_public_URL_by_default(string? said, string? audience) =>
        Assert.Equal(audience, Of(new() { ServerUrl = new("https://login.example"), PublicUrl = new("https://mcp.example/mcp"), Audience = said }).Audience);

    [Fact]
    public void Over_stdio_there_is_no_resource_server() =>
        Assert.Null(ResourceServer.Of(new() { OAuth = new() { ServerUrl = new("https://login.example"), PublicUrl = new("https://mcp.example/mcp") } }));

    [Fact]
    public void The_secret_is_not_part_of_its_text() =>
        Assert.DoesNotContain("s3cret", Of(new()
        {
            ServerUrl = new("https://login.example"), PublicUrl = new("https://mcp.example/mcp"), ClientId = "me",
            ClientSecret = "s3cret"
        }).ToString());

    static ResourceServer Of(OAuthSettings settings) => ResourceServer.Of(new() { Transport = Transport.Http, OAuth = settings })!;
}
