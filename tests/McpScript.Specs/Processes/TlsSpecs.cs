using System.Net;
using McpScript.Configuration;
using McpScript.Http.Hosting;
using McpScript.Specs.Gates;
using McpScript.Specs.Management;
using McpScript.Testing;
using McpScript.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace McpScript.Specs.Processes;

/// <summary>MCP and the unlock page over TLS, without a reverse proxy.</summary>
[Trait("Fault", "Operators")]
public class TlsSpecs
{
    static readonly (string, string)[] Scripts = [("say.csx", Say.Script("hello")), ("shell.csx", """mcp.Tool("sh", "", () => "ran").Protect("shell");""")];

    [Fact]
    public async Task MCP_and_the_unlock_page_are_https_and_health_and_management_stay_plain()
    {
        var certificate = TestCertificate.Create();
        using var site = new ProxySite(Scripts);
        Directory.CreateDirectory(site["tls"]);
        certificate.Write(site["tls/cert.pem"], site["tls/key.pem"]);
        site.Write("tls/mcp.yaml", "tls_cert: cert.pem\ntls_key: key.pem\nplugin_dirs: [../plugins]\ngate: { groups: { shell: { secret_ref: SPEC_TOTP } } }\n");
        site.Environment["SPEC_TOTP"] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve", "-c", "tls/mcp.yaml", "--http", "0");
        var ready = await proxy.ReadyAsync();
        Assert.Equal(("https", "http", "http"), (ready.Mcp!.Scheme, ready.Health!.Scheme, ready.Management.Scheme));
        await proxy.Errors.WaitForAsync("INFO: TLS: certificate ");

        using var http = new HttpClient(certificate.Trusting());
        await using (var client = await McpClient.CreateAsync(new HttpClientTransport(
            new() { Endpoint = ready.Mcp, TransportMode = HttpTransportMode.StreamableHttp }, http), new() { DiscoverProbeTimeout = TestHost.Patience }))
            Assert.Equal("hello", await client.TextAsync("say"));
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
            Assert.Equal((version, HttpStatusCode.OK), await InitializeAsync(http, ready.Mcp, version));
        var page = await PathBaseSpecs.UnlockPageAsync(http, ready.Mcp);
        Assert.Equal(("https", ready.Mcp.Port), (page.Scheme, page.Port));
        Assert.Contains("group <b>shell</b>", await http.GetStringAsync(page).WaitAsync(TestHost.Patience));

        Assert.Equal(200, (await proxy.HealthAsync("/health")).Status);
        Assert.Equal(200, (await proxy.GetAsync("/proxy/status")).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => Rest.SendAsync(HttpMethod.Post, new UriBuilder(ready.Mcp) { Scheme = "http" }.Uri));
        using var stranger = new HttpClient(TestCertificate.Create().Trusting());
        await Assert.ThrowsAsync<HttpRequestException>(() => InitializeAsync(stranger, ready.Mcp, HttpVersion.Version11));
    }

    [Fact]
    public async Task Changed_files_are_used_for_new_connections_and_broken_ones_keep_the_certificate()
    {
        var (first, second) = (TestCertificate.Create(), TestCertificate.Create());
        using var folder = new TestFolder();
        var (cert, key, time, log) = (folder["cert.pem"], folder["key.pem"], new ManualClock(), new TestLog());
        first.Write(cert, key);
        await using var listener = await StartAsync(cert, key, log, time);
        Assert.Equal("served", await GetAsync(listener, first));
        using var kept = new HttpClient(first.Trusting());
        Assert.Equal("served", await kept.GetStringAsync(Url(listener)).WaitAsync(TestHost.Patience));

        TestCertificate.Replace(cert, second.Pem);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("served", await GetAsync(listener, first));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("served", await GetAsync(listener, first));
        var line = Assert.Single(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains($"TLS: the changed files cannot be used, so the certificate before them stays (valid until 2040-01-01 00:00:00Z). 'tls_cert' {cert} "
            + $"and 'tls_key' {key} do not go together", line);

        TestCertificate.Replace(key, second.Key);
        Assert.Equal("served", await GetAsync(listener, first));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("served", await GetAsync(listener, second));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(listener, first));
        // The connection that was open goes on.
        Assert.Equal("served", await kept.GetStringAsync(Url(listener)).WaitAsync(TestHost.Patience));

        File.Delete(cert);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("served", await GetAsync(listener, second));
        Assert.Contains(log.Lines, one => one.Contains($"'tls_cert' {cert} cannot be read"));
    }

    [Fact]
    public async Task Symbolic_links_are_followed_when_secrets_are_swapped_in_a_cluster()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need rights there.");
        var (first, second) = (TestCertificate.Create(), TestCertificate.Create());
        using var folder = new TestFolder();
        foreach (var (name, one) in new[] { ("one", first), ("two", second) })
        {
            folder.Write($"{name}/tls.crt", one.Pem);
            folder.Write($"{name}/tls.key", one.Key);
        }
        folder.Link("data", "one");
        folder.Link("tls.crt", "data/tls.crt");
        folder.Link("tls.key", "data/tls.key");
        var time = new ManualClock();
        await using var listener = await StartAsync(folder["tls.crt"], folder["tls.key"], new(), time);
        Assert.Equal("served", await GetAsync(listener, first));

        folder.Link("data", "two");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("served", await GetAsync(listener, second));
    }

    [Theory]
    [InlineData("no key", "'tls_cert' is set and 'tls_key' is not")]
    [InlineData("no certificate", "'tls_key' is set and 'tls_cert' is not")]
    [InlineData("missing", "cannot be read: Could not find file")]
    [InlineData("named pipe", "cannot be read: it is a named pipe, a socket or a device")]
    [InlineData("another key", "do not go together")]
    [InlineData("encrypted key", "do not go together")]
    [InlineData("no PEM", "has no certificate in it")]
    public void An_invalid_TLS_configuration_is_refused_with_the_reason(string kind, string reason)
    {
        var certificate = TestCertificate.Create();
        using var folder = new TestFolder();
        var (cert, key) = (folder["cert.pem"], folder["key.pem"]);
        certificate.Write(cert, key);
        var config = new McpScriptConfig { Transport = Transport.Http, TlsCert = cert, TlsKey = key };
        switch (kind)
        {
            case "no key":
                config = config with { TlsKey = null };
                break;
            case "no certificate":
                config = config with { TlsCert = null };
                break;
            case "missing":
                File.Delete(key);
                break;
            case "named pipe":
                File.Delete(key);
                NamedPipe.Create(key);
                break;
            case "another key":
                File.WriteAllText(key, TestCertificate.Create().Key);
                break;
            case "encrypted key":
                using (var ec = System.Security.Cryptography.ECDsa.Create())
                    File.WriteAllText(key, ec.ExportEncryptedPkcs8PrivateKeyPem(
                        "x", new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1000)));
                break;
            default:
                File.WriteAllText(cert, "nothing");
                break;
        }
        Assert.Contains(
            reason, Assert.Throws<ConfigurationException>(() => TlsCertificate.Of(config, NullLoggerFactory.Instance, TimeProvider.System)).Message);
    }

    [Fact]
    public async Task The_program_ends_with_2_and_gives_the_reason()
    {
        using var site = new ProxySite(Scripts);
        TestCertificate.Create().Write(site["cert.pem"], site["key.pem"]);
        foreach (var (yaml, reason) in new[]
        {
            ("tls_cert: cert.pem\n", "'tls_cert' is set and 'tls_key' is not, so this server cannot use TLS."),
            ("tls_cert: cert.pem\ntls_key: gone.pem\n", $"'tls_key' {site["gone.pem"]} cannot be read"),
        })
        {
            site.Write("mcp.yaml", yaml);
            var refused = await site.RunAsync("serve", "-c", "mcp.yaml", "--http", "0");
            Assert.Equal((2, ""), (refused.Code, refused.Output));
            Assert.Contains(reason, refused.Errors);
        }
    }

    [Fact]
    public void An_expired_certificate_is_a_warning()
    {
        using var folder = new TestFolder();
        var (cert, key) = (folder["cert.pem"], folder["key.pem"]);
        var log = new TestLog();
        TestCertificate.Create(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)).Write(cert, key);
        TlsCertificate.Of(new() { Transport = Transport.Http, TlsCert = cert, TlsKey = key }, Loggers(log), new ManualClock());
        Assert.Contains("expired at 2025-01-01 00:00:00Z", Assert.Single(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)));
    }

    static Task<Listener> StartAsync(string cert, string key, TestLog log, TimeProvider time) => Listener.StartAsync(
        "MCP", "127.0.0.1", 0, app => app.Run(context => context.Response.WriteAsync("served")), NullLoggerFactory.Instance, TimeSpan.FromSeconds(2),
        tls: TlsCertificate.Of(new() { Transport = Transport.Http, TlsCert = cert, TlsKey = key }, Loggers(log), time));

    static ILoggerFactory Loggers(TestLog log) => LoggerFactory.Create(builder => builder.AddProvider(log));

    static Uri Url(Listener listener) => new($"https://localhost:{listener.Port}/");

    static async Task<string> GetAsync(Listener listener, TestCertificate expected)
    {
        using var http = new HttpClient(expected.Trusting());
        return await http.GetStringAsync(Url(listener)).WaitAsync(TestHost.Patience);
    }

    static async Task<(Version, HttpStatusCode)> InitializeAsync(HttpClient http, Uri mcp, Version version)
    {
        using var message = PathBaseSpecs.Message(mcp, Wire.Initialize);
        (message.Version, message.VersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        using var answer = await http.SendAsync(message).WaitAsync(TestHost.Patience);
        return (answer.Version, answer.StatusCode);
    }
}
