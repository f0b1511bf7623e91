using McpScript.Http.Guard;
using Microsoft.AspNetCore.Http;

namespace McpScript.Framework.Tests.Http;

public class HostAndOriginGuardTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost:12200", true)]
    [InlineData("LOCALHOST:1", true)]
    [InlineData("127.0.0.1:12200", true)]
    [InlineData("[::1]:12200", true)]
    [InlineData("[::1]", true)]
    [InlineData("", false)]
    [InlineData("evil.example.com", false)]
    [InlineData("localhost.evil.example.com", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("localhost.", false)]
    [InlineData("[::2]", false)]
    [InlineData("0.0.0.0", false)]
    public Task Only_names_of_this_machine_are_allowed_hosts_by_default(string host, bool admitted) => CheckAsync(new(), host, null, admitted);

    [Theory]
    [InlineData("mcp.example.com", "mcp.example.com:8443", true)]
    [InlineData("mcp.example.com:*", "mcp.example.com:8443", true)]
    [InlineData("MCP.example.com", "mcp.EXAMPLE.com", true)]
    [InlineData("mcp.example.com:443", "mcp.example.com:443", true)]
    [InlineData("mcp.example.com:443", "mcp.example.com:8443", false)]
    [InlineData("mcp.example.com:443", "mcp.example.com", false)]
    [InlineData("mcp.example.com", "localhost", false)]
    [InlineData("fe80::1", "[fe80::1]:80", true)]
    [InlineData("*", "whatever.example.com", true)]
    public Task A_listed_host_is_admitted(string entry, string host, bool admitted) => CheckAsync(new() { AllowedHosts = [entry] }, host, null, admitted);

    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:6274", true)]
    [InlineData("https://127.0.0.1:8443", true)]
    [InlineData("http://[::1]:6274", true)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("localhost", false)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("http://localhost.evil.example.com", false)]
    [InlineData("http://localhost@evil.example.com", false)]
    [InlineData("http://evil.example.com/localhost", false)]
    [InlineData("http://localhost/path", false)]
    [InlineData("http://localhöst", false)]
    [InlineData("file://", false)]
    public Task Only_pages_of_this_machine_may_send_requests_by_default(string origin, bool admitted) => CheckAsync(new(), "localhost", origin, admitted);

    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com", true)]
    [InlineData("https://app.example.com/", "https://app.example.com", true)]
    [InlineData("https://app.example.com", "https://app.example.com:8443", false)]
    [InlineData("https://app.example.com", "http://app.example.com", false)]
    [InlineData("http://app.example.com:*", "http://app.example.com:3000", true)]
    [InlineData("http://app.example.com:*", "https://app.example.com:3000", false)]
    [InlineData("app.example.com", "https://app.example.com:3000", true)]
    [InlineData("vscode-webview://abc", "vscode-webview://abc", true)]
    [InlineData("null", "null", true)]
    [InlineData("*", "https://other.example.com", true)]
    [InlineData("https://app.example.com", "http://localhost", false)]
    public Task A_listed_origin_is_admitted(string entry, string origin, bool admitted) =>
        CheckAsync(new() { AllowedOrigins = [entry] }, "localhost", origin, admitted);

    [Fact]
    public async Task A_page_may_read_the_required_headers_of_every_answer()
    {
        var context = Request("localhost", "http://localhost:6274");

        Assert.True(await new HostAndOriginGuard(new()).AdmitAsync(context));

        Assert.Equal("http://localhost:6274", context.Response.Headers.AccessControlAllowOrigin);
        Assert.Equal("Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate", context.Response.Headers.AccessControlExposeHeaders);
        Assert.Equal("Origin", context.Response.Headers.Vary);
    }

    [Fact]
    public async Task Two_consecutive_guards_set_their_headers_once()
    {
        var context = Request("localhost", "http://localhost:6274");
        var guard = new HostAndOriginGuard(new());

        await guard.InvokeAsync(context, inner => guard.InvokeAsync(inner, _ => Task.CompletedTask));

        Assert.Equal("Origin", context.Response.Headers.Vary);
    }

    [Fact]
    public async Task A_refused_request_that_is_executed_again_is_refused_again()
    {
        var context = Request("evil.example.com", null);
        context.Response.Body = new MemoryStream();
        var guard = new HostAndOriginGuard(new());

        await guard.InvokeAsync(context, _ => throw new InvalidOperationException());

        Assert.False(await guard.AdmitAsync(context));
        await guard.InvokeAsync(context, _ => throw new InvalidOperationException());
    }

    [Fact]
    public async Task A_preflight_goes_no_further()
    {
        var context = Request("localhost", "http://localhost:6274");
        context.Request.Method = "OPTIONS";
        context.Request.Headers.AccessControlRequestMethod = "DELETE";
        var further = false;

        await new HostAndOriginGuard(new() { AllowedMethods = "GET, POST" }).InvokeAsync(context, _ => { further = true; return Task.CompletedTask; });

        Assert.False(further);
        Assert.Equal((204, "GET, POST"), (context.Response.StatusCode, context.Response.Headers.AccessControlAllowMethods.ToString()));
    }

    [Fact]
    public async Task A_refusal_may_be_written_by_a_custom_handler()
    {
        var context = Request("evil.example.com", null);
        var why = "";

        await new HostAndOriginGuard(new()
        {
            Refuse = (_, reason) =>
        {
            why = reason;
            return Task.CompletedTask;
        }
        }).InvokeAsync(context, _ => throw new InvalidOperationException());

        Assert.Equal(403, context.Response.StatusCode);
        Assert.Contains("evil.example.com", why);
        Assert.Contains("allowed_hosts", why);
    }

    static async Task CheckAsync(HostAndOriginOptions options, string host, string? origin, bool admitted)
    {
        var context = Request(host, origin);

        Assert.Equal(admitted, await new HostAndOriginGuard(options).AdmitAsync(context));

        Assert.Equal(admitted ? 200 : 403, context.Response.StatusCode);
    }

    static DefaultHttpContext Request(string host, string? origin)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Host = new HostString(host);
        if (origin is not null)
            context.Request.Headers.Origin = origin;
        return context;
    }
}
