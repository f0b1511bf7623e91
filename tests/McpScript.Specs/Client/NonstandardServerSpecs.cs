using System.Text.Json.Nodes;
using McpScript.Http.Hosting;
using McpScript.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Specs.Client;

/// <summary>Servers older than <c>server/discover</c> that do not call it unknown, but answer it with something.</summary>
[Trait("Fault", "B-F23")]
public class NonstandardServerSpecs
{
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"what?\"")]
    [InlineData("""{"supportedVersions":[]}""")]
    [InlineData("""{"supportedVersions":"2026-07-28","capabilities":5}""")]
    public async Task The_client_initializes_over_HTTP_after_any_nonstandard_answer(string result)
    {
        await using var server = await Listener.StartAsync(
            "odd", "127.0.0.1", 0, app => app.Run(context => ServeAsync(context, result)), NullLoggerFactory.Instance, TimeSpan.Zero);
        using var site = new ProxySite();
        await using var client = ProxyProcess.Start(site, BuiltProgram.Client, ["tools", $"http://127.0.0.1:{server.Port}/mcp"]);
        client.EndInput();

        Assert.Equal((0, ""), (await client.ExitAsync(), client.Errors.Text));
        Assert.Contains("old_tool", client.Output.Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"supportedVersions":[]}""")]
    public async Task The_client_initializes_over_stdio_after_any_nonstandard_answer(string result)
    {
        using var site = new ProxySite();
        site.Write("odd.sh", $$"""
            while read -r line; do
              id=$(printf '%s' "$line" | sed -n 's/.*"id":\([0-9]*\).*/\1/p')
              [ -n "$id" ] || continue
              case "$line" in
                *'"initialize"'*) result='{{Initialized("2024-11-05")}}' ;;
                *'"tools/list"'*) result='{{Tools}}' ;;
                *) result='{{result}}' ;;
              esac
              printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$result"
            done
            """);
        await using var client = ProxyProcess.Start(site, BuiltProgram.Client, ["tools", "--", "sh", site["odd.sh"]]);
        client.EndInput();

        Assert.Equal((0, ""), (await client.ExitAsync(), client.Errors.Text));
        Assert.Contains("old_tool", client.Output.Text);
    }

    const string Tools = """{"tools":[{"name":"old_tool","description":"Is old.","inputSchema":{"type":"object"}}]}""";

    static string Initialized(string version) =>
        $$$"""{"protocolVersion":"{{{version}}}","capabilities":{"tools":{}},"serverInfo":{"name":"odd","version":"1"}}""";

    static async Task ServeAsync(HttpContext context, string result)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = 405;
            return;
        }
        var message = (await JsonNode.ParseAsync(context.Request.Body))!;
        if (message["id"] is not { } id)
        {
            context.Response.StatusCode = 202;
            return;
        }
        var answer = (string)message["method"]! switch
        {
            "initialize" => Initialized("2025-06-18"),
            "tools/list" => Tools,
            _ => result,
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{id.ToJsonString()}},"result":{{answer}}}""");
    }
}
