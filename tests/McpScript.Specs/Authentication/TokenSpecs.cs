using System.Text.Json.Nodes;

namespace McpScript.Specs.Authentication;

/// <summary>Access tokens over HTTP: challenges, audiences, required scopes and origins.</summary>
public class TokenSpecs : IntrospectedSpecs
{
    [Fact]
    public async Task A_refusal_without_a_token_says_where_to_get_one()
    {
        await using var mcp = await StartAsync();
        const string challenge = "Bearer error=\"invalid_token\", error_description=\"Authentication required\", "
            + "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\", scope=\"user\"";
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete })
        {
            var answer = await mcp.RequestAsync(null, method);
            Assert.Equal((401, challenge), (answer.Status, answer.Challenge));
            Assert.Equal("""{"error":"invalid_token","error_description":"Authentication required"}""", answer.Text);
        }
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task An_allowed_page_can_read_the_refusal_and_the_metadata_and_a_foreign_host_cannot()
    {
        await using var mcp = await StartAsync();
        foreach (var (path, method, status) in new[] { ("/mcp", HttpMethod.Post, 401), ("/.well-known/oauth-protected-resource", HttpMethod.Get, 200) })
        {
            var welcome = await mcp.RequestAsync(null, method, path, headers => headers.Add("Origin", "http://localhost:6274"));
            Assert.Equal((status, "http://localhost:6274"), (welcome.Status, welcome.Headers.GetValues("Access-Control-Allow-Origin").Single()));
            Assert.Contains("WWW-Authenticate", welcome.Headers.GetValues("Access-Control-Expose-Headers").Single());
            Assert.Equal(403, (await mcp.RequestAsync("Bearer good", method, path, headers => headers.Add("Origin", "http://evil.example"))).Status);
            Assert.Equal(403, (await mcp.RequestAsync("Bearer good", method, path, headers => headers.Host = "evil.example")).Status);
        }
        var preflight = await mcp.RequestAsync(null, HttpMethod.Options, headers: headers =>
        {
            headers.Add("Origin", "http://localhost:6274");
            headers.Add("Access-Control-Request-Method", "POST");
        });
        Assert.Equal(204, preflight.Status);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("Bearer good", 200)]
    [InlineData("bearer good", 200)]
    [InlineData("Basic good", 401)]
    [InlineData("good", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Bearer go od", 401)]
    [InlineData("Bearer good&active=true", 401)]
    [InlineData("Bearer good, Bearer good", 401)]
    public async Task Only_a_bearer_token_is_accepted(string authorization, int status)
    {
        await using var mcp = await StartAsync();
        Assert.Equal(status, (await mcp.RequestAsync(authorization)).Status);
        Assert.Equal(status == 200 ? 1 : 0, _server.Requests.Count);
    }

    [Fact]
    public async Task S10_The_server_authenticates_itself_to_the_authorization_server()
    {
        await using var mcp = await StartAsync();
        Assert.Equal(200, (await mcp.WithAsync("good")).Status);
        var (path, form, authorization) = Assert.Single(_server.Requests);
        Assert.Equal(("/introspect", "token=good&token_type_hint=access_token"), (path, string.Join('&', form.Select(field => $"{field.Key}={field.Value}"))));
        // RFC 6749, 2.3.1: id and secret are encoded as in a form before they are joined.
        Assert.Equal("Basic " + Convert.ToBase64String("mcp:a+secret%3A+100%25%2B"u8), authorization);
    }

    [Fact]
    public async Task S10_A_token_with_another_or_no_audience_is_refused()
    {
        await using var mcp = await StartAsync();
        foreach (var (audience, status) in new (JsonNode?, int)[]
        {
            ("https://mcp.example/mcp", 200), ("HTTPS://MCP.example:443/mcp/", 200), (new JsonArray("https://a.example", "https://mcp.example/mcp"), 200),
            ("https://mcp.example", 401), ("https://mcp.example/mcp2", 401), ("https://mcp.example.evil.example/mcp", 401), ("https://mcp.example/MCP", 401),
            ("http://mcp.example/mcp", 401),
            ("https://mcp.example/mcp?a", 401), (new JsonArray("https://a.example"), 401), (new JsonArray(), 401), ("", 401), (null, 401),
        })
        {
            _server.Always(Active(answer => answer["aud"] = audience));
            var answer = await mcp.WithAsync($"for-{Guid.NewGuid():N}");
            Assert.Equal((audience?.ToJsonString(), status), (audience?.ToJsonString(), answer.Status));
            if (status == 401)
                Assert.Contains("error_description=\"The access token is for another audience\"", answer.Challenge);
        }
        await using var any = await StartAsync(resource => resource with { Audience = null });
        _server.Always(Active(answer => answer.Remove("aud")));
        Assert.Equal(200, (await any.WithAsync("good")).Status);
    }

    [Fact]
    public async Task S10_A_refusal_for_a_missing_scope_names_the_scope()
    {
        await using var mcp = await StartAsync(resource => resource with { RequiredScopes = ["user", "weather:read"] });
        foreach (var (scope, status) in new[] { ("user", 403), ("", 403), ("username weather:read", 403), ("USER weather:read", 403),
            ("weather:read x user", 200) })
        {
            _server.Always(Active(answer => answer["scope"] = scope));
            var answer = await mcp.WithAsync($"scope-{Guid.NewGuid():N}");
            Assert.Equal((scope, status), (scope, answer.Status));
            if (status == 403)
            {
                Assert.Equal("Bearer error=\"insufficient_scope\", error_description=\"Required scope: user weather:read\", "
                    + "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\", scope=\"user weather:read\"", answer.Challenge);
                Assert.Equal("""{"error":"insufficient_scope","error_description":"Required scope: user weather:read"}""", answer.Text);
            }
        }
    }

    [Fact]
    public async Task Neither_token_nor_secret_is_ever_written()
    {
        await using var mcp = await StartAsync();
        Assert.Equal(200, (await mcp.WithAsync("the-good-one")).Status);
        _server.Always("{");
        Assert.Equal(401, (await mcp.WithAsync("the-odd-one")).Status);
        _server.Always("", 401);
        Assert.Equal(401, (await mcp.WithAsync("the-unknown-one")).Status);
        await _server.GoDownAsync();
        Assert.Equal(401, (await mcp.WithAsync("the-late-one")).Status);
        foreach (var secret in new[] { "the-good-one", "the-odd-one", "the-unknown-one", "the-late-one", "a secret: 100%+", "a+secret",
            Convert.ToBase64String("mcp:a+secret%3A+100%25%2B"u8) })
            Assert.DoesNotContain(secret, _host.Log.Text);
        Assert.Contains("could not say whether it is good: it answered 401; are 'oauth_client_id' and 'oauth_client_secret' right?", _host.Log.Text);
    }
}
