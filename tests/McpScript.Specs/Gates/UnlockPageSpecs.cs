using System.Net;
using McpScript.Gates;
using McpScript.Testing;
using McpScript.Testing.Processes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpScript.Specs.Gates;

/// <summary>The page on which a code is given past the model.</summary>
public class UnlockPageSpecs
{
    const string Shell = """mcp.Tool("sh", "", () => "ran").Protect("shell");""";

    static readonly HttpClient Browser = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    [Theory]
    [InlineData(Era.Sessions, null)]
    [InlineData(Era.Stateless, "ann")]
    public async Task A_client_with_URL_elicitation_is_sent_to_the_page_and_its_user_unlocks_there(string era, string? user)
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        string? page = null;
        var client = await gated.Http.ConnectAsync(era, Opens(async url =>
        {
            page = url;
            var form = await Browser.GetStringAsync(url);
            Assert.Contains("group <b>shell</b>", form);
            Assert.Contains(user is null ? "session " : "principal ann", form);
            var (status, problem) = await SendAsync(url, gated.Wrong("shell"));
            Assert.Equal(422, status);
            Assert.Contains("Invalid code. 4 attempt(s) left.", problem);
            var (done, text) = await SendAsync(url, gated.Code("shell"));
            Assert.Equal(200, done);
            Assert.Contains("unlocked", text);
            return "accept";
        }), user);
        Assert.Equal("Group 'shell' unlocked.", await client.TextAsync("gate_unlock", new { group = "shell" }));
        Assert.Equal("ran", await client.TextAsync("sh"));

        // Once: from here on there is no such page.
        gated.NextCode();
        Assert.Equal(404, (await SendAsync(page!, gated.Code("shell"))).Status);
        Assert.Matches("^/gate/unlock/[0-9a-f]{32}$", new Uri(page!).AbsolutePath);
        Assert.Equal("", new Uri(page!).Query);
        Assert.True((await (await gated.SessionAsync()).TextAsync("sh")).IsLocked("shell"));
    }

    [Fact]
    public async Task The_unlock_page_is_open_for_five_minutes()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.Http.ConnectAsync(Era.Sessions, Opens(async url =>
        {
            gated.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
            Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync(url)).StatusCode);
            gated.Time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(HttpStatusCode.NotFound, (await Browser.GetAsync(url)).StatusCode);
            Assert.Equal(404, (await SendAsync(url, gated.Code("shell"))).Status);
            return "cancel";
        }));
        Assert.Equal("ERROR The user did not open the page, so group 'shell' stays locked.", await client.TextAsync("gate_unlock", new { group = "shell" }));
        Assert.True((await client.TextAsync("sh")).IsLocked("shell"));
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused_and_so_is_a_foreign_host()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.Http.ConnectAsync(Era.Sessions, Opens(async url =>
        {
            var own = new Uri(url).GetLeftPart(UriPartial.Authority);
            foreach (var (name, value) in new[] { ("Origin", "http://evil.example"), ("Origin", "http://localhost:1"), ("Origin", "null"),
                ("Sec-Fetch-Site", "cross-site"), ("Host", "evil.example") })
                Assert.Equal(403, (await SendAsync(url, gated.Code("shell"), (name, value))).Status);
            Assert.Equal(200, (await SendAsync(url, gated.Code("shell"), ("Origin", own), ("Sec-Fetch-Site", "same-origin"))).Status);
            return "accept";
        }));
        Assert.Equal("Group 'shell' unlocked.", await client.TextAsync("gate_unlock", new { group = "shell" }));
    }

    [Fact]
    public async Task The_unlock_page_is_not_cached_framed_or_referred()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        var client = await gated.Http.ConnectAsync(Era.Sessions, Opens(async url =>
        {
            using var answer = await Browser.GetAsync(url);
            string Header(string name) => string.Join(",", answer.Headers.GetValues(name));
            Assert.Equal(("no-store", "same-origin", "nosniff"), (Header("Cache-Control"), Header("Referrer-Policy"), Header("X-Content-Type-Options")));
            Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"));
            Assert.Contains("form-action 'self'", Header("Content-Security-Policy"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            using var large = await Browser.PostAsync(url, new FormUrlEncodedContent([new("code", new string('1', 100_000))]));
            Assert.True((int)large.StatusCode is >= 400 and < 500, $"{large.StatusCode}");
            return "decline";
        }));
        Assert.StartsWith("ERROR The user did not open the page", await client.TextAsync("gate_unlock", new { group = "shell" }));
    }

    [Fact]
    public async Task A_client_without_URL_elicitation_gets_the_error_that_the_code_is_missing()
    {
        await using var gated = await GatedHost.StartAsync(["shell"], ("shell.csx", Shell));
        Assert.Equal(
            "ERROR The code is missing. Ask the user for the six digits that the authenticator shows: gate_unlock(group='shell', code='<totp>').",
            await (await gated.SessionAsync()).TextAsync("gate_unlock", new { group = "shell" }));
    }

    [Theory, InlineData(Era.Sessions), InlineData(Era.Stateless)]
    public async Task Over_stdio_the_unlock_page_is_on_the_management_port_without_a_token(string era)
    {
        using var site = new ProxySite(("shell.csx", Shell));
        site.Environment["SHELL_TOTP"] = Totp.Default.NewSecret();
        site.Write("config.yaml", "gate: { groups: { shell: { secret_ref: SHELL_TOTP } } }\nmanagement_token: s3cret-token\n");
        await using var proxy = await StdioClient.ConnectAsync(site, era, Opens(async url =>
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await Browser.GetAsync(new Uri(new Uri(url), "/proxy/gate"))).StatusCode);
            Assert.Equal(200, (await SendAsync(url, Now.Code(site.Environment["SHELL_TOTP"]))).Status);
            return "accept";
        }), "serve", "-c", "config.yaml");
        Assert.True((await proxy.Client.TextAsync("sh")).IsLocked("shell"));
        Assert.Equal("Group 'shell' unlocked.", await proxy.Client.TextAsync("gate_unlock", new { group = "shell" }));
        Assert.Equal("ran", await proxy.Client.TextAsync("sh"));
    }

    /// <summary>A client that opens pages.</summary>
    static Action<McpClientOptions> Opens(Func<string, Task<string>> open) => options =>
    {
        options.Capabilities = new() { Elicitation = new() { Url = new() } };
        options.Handlers.ElicitationHandler = async (request, _) =>
        {
            Assert.Equal(("url", null), (request!.Mode, request.RequestedSchema));
            Assert.NotNull(request.ElicitationId);
            return new ElicitResult { Action = await open(request.Url!) };
        };
    };

    static async Task<(int Status, string Text)> SendAsync(string url, string code, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent([new("code", code)]) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Browser.SendAsync(request).WaitAsync(TestHost.Patience);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
