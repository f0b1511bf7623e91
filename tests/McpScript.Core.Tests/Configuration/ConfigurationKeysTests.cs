using McpScript.Configuration;
using McpScript.Configuration.Schema;

namespace McpScript.Core.Tests.Configuration;

public sealed class ConfigurationKeysTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Defaults =>
        [.. McpScriptConfig.Keys.Where(key => key.Default is not null).Select(key => (key.Name, key.Default!))];

    [Theory]
    [MemberData(nameof(Defaults))]
    public void The_default_in_the_table_is_the_one_in_the_code(string key, string written)
    {
        Assert.True(ConfigurationChange.Between(new McpScriptConfig(), _folder.Load($"{key}: {written}")).IsEmpty);
    }

    [Fact]
    public void The_defaults_of_the_gate_are_those_in_the_code()
    {
        var gate = McpScriptConfig.Keys.Single(key => key.Name == "gate");
        var groups = gate.Keys.Single(key => key.Name == "groups");

        var written = _folder.Load($"gate:\n{Lines(gate, "  ")}  groups:\n    shell:\n{Lines(groups, "      ")}");

        Assert.True(ConfigurationChange.Between(written, _folder.Load("gate: { groups: { shell: } }")).IsEmpty);

        static string Lines(ConfigurationKey section, string indent) =>
            string.Concat(section.Keys.Where(key => key.Default is not (null or "{}")).Select(key => $"{indent}{key.Name}: {key.Default}\n"));
    }

    [Fact]
    public void Every_key_of_the_original_and_of_later_steps_is_known()
    {
        string[] wanted =
        [
            "server_name", "version", "instructions", "service_type", "log_level", "log_format", "host", "port", "transport", "health_port", "management_port",
            "management_token", "oauth_enabled", "oauth_server_url", "oauth_public_url", "oauth_cache_ttl", "tools", "auto_prefix", "dynamic_dispatch",
            "autoload", "plugins", "plugins_load", "gate", "audit", "tool_log", "management_tools", "allowed_hosts", "allowed_origins", "allow_anonymous",
            "package_sources", "allowed_packages", "allow_nuget_in_scripts", "allow_install_from_mcp", "drain_timeout", "register_timeout", "page_size",
            "oauth_client_id", "oauth_client_secret", "oauth_introspection_url", "oauth_required_scopes", "oauth_audience", "oauth_management_scope",
            "plugin_dirs",
        ];

        Assert.Empty(wanted.Except(McpScriptConfig.Keys.Select(key => key.Name)));
    }

    [Fact]
    public void Every_key_is_listed_once_with_a_description()
    {
        Assert.Equal(McpScriptConfig.Keys.Length, McpScriptConfig.Keys.DistinctBy(key => key.Name).Count());
        Assert.All(McpScriptConfig.Keys.SelectMany(key => key.Keys.Prepend(key)), key =>
        {
            Assert.EndsWith(".", key.Description);
            Assert.NotEmpty(key.Expected);
        });
    }

    [Fact]
    public void Keys_that_never_had_an_effect_are_reported_as_ignored()
    {
        var warnings = _folder.Load(
            "service_type: generic\ntools: [a]\naudit: { enabled: false }\ngate: { enabled: false, audit: { enabled: false, log_blocked: false } }").Warnings;

        Assert.Equal(
            from key in new[] { "service_type", "tools", "audit", "gate.audit.enabled" }
            select $"key '{key}' is ignored: it has no effect, as it had none in the Python original",
            warnings.Where(warning => warning.Contains("ignored")));
    }

    [Fact]
    public void The_keys_of_later_steps_are_typed()
    {
        var config = _folder.Load("""
            management_tools: read
            tool_log: shape
            drain_timeout: 2.5
            register_timeout: 5
            allowed_hosts: [a, b]
            allowed_origins: http://x
            plugins_load: [echo]
            package_sources: [feed]
            allowed_packages: Contoso.
            oauth_required_scopes: [user, admin]
            oauth_audience: none
            gate:
              secret_backend: file
              secret_file: secrets
              audit: { log_blocked: off }
              groups:
                shell: { secret_ref: S, timeout: 60, tools: ["sh_*"], plugins: shell }
                vault:
            """);

        Assert.Equal((ManagementTools.Read, ToolLogDetail.Shape), (config.ManagementTools, config.ToolLog));
        Assert.Equal((TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5)), (config.DrainTimeout, config.RegisterTimeout));
        Assert.Equal(["a", "b"], config.AllowedHosts!.Value);
        Assert.Equal(["http://x"], config.AllowedOrigins!.Value);
        Assert.Equal("echo", Assert.Single(config.PluginsLoad!.Value).Name);
        Assert.Equal(["feed"], config.Packages.Sources!.Value);
        Assert.Equal(["Contoso."], config.Packages.Allowed!.Value);
        Assert.Equal(["user", "admin"], config.OAuth.RequiredScopes);
        Assert.Equal("none", config.OAuth.Audience);
        var gate = config.Gate!;
        Assert.Equal((true, SecretBackend.File, _folder.PathOf("secrets"), false), (gate.Enabled, gate.SecretBackend, gate.SecretFile, gate.Audit.LogBlocked));
        Assert.Equal(["shell", "vault"], gate.Groups.Keys);
        Assert.Equal(("S", TimeSpan.FromMinutes(1)), (gate.Groups["shell"].SecretRef, gate.Groups["shell"].Timeout));
        Assert.Equal(["sh_*"], gate.Groups["shell"].Tools);
        Assert.Equal(["shell"], gate.Groups["shell"].Plugins);
        Assert.Equal(TimeSpan.FromHours(2), gate.Groups["vault"].Timeout);
    }
}
