using System.Collections.Immutable;
using System.Globalization;
using McpScript.CallLog;
using McpScript.Configuration.Schema;
using McpScript.FileSystem;
using McpScript.Model;
using Microsoft.Extensions.Logging;

namespace McpScript.Configuration;

/// <summary>All settings of the program. <see cref="Keys"/> describes each.</summary>
public sealed record McpScriptConfig
{
    const int Off = -1;
    readonly int? _healthPort;
    readonly int? _managementPort;

    /// <summary>Descriptions of all keys; used for reading, error texts and documentation.</summary>
    public static ImmutableArray<ConfigurationKey> Keys => ConfigurationKeys.All.Keys;

    /// <summary>
    /// Loads the settings: built-in values, overridden by the YAML file, by <c>MCP_*</c> variables and by the command line, in this order.
    /// </summary>
    /// <param name="commandLine">The options of the command line; null for none.</param>
    /// <param name="environment">The environment variables; null for those of the process.</param>
    /// <param name="workingDirectory">The base of relative paths on the command line; null for that of the process.</param>
    /// <exception cref="ConfigurationException">There are problems; the exception lists all of them.</exception>
    public static McpScriptConfig Load(
        CommandLineOverrides? commandLine = null, IReadOnlyDictionary<string, string>? environment = null, string? workingDirectory = null) =>
        new ConfigurationLoader(commandLine ?? new(), environment ?? ProcessEnvironment.Variables(), workingDirectory ?? Environment.CurrentDirectory).Load();

    /// <summary>Loads the settings from a YAML file and the environment variables, which override it.</summary>
    /// <param name="configFile">The file, relative to the working directory.</param>
    /// <exception cref="ConfigurationException">There are problems; the exception lists all of them.</exception>
    public static McpScriptConfig Load(string configFile) => Load(new CommandLineOverrides { ConfigFile = configFile });

    /// <summary>The command line they were loaded with, for reloading while the program runs; null for settings made in code.</summary>
    internal CommandLineOverrides? LoadedWith { get; init; }

    /// <summary>The absolute path of the YAML file; null if there is none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Warnings for the operator, one sentence each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary><c>server_name</c>; null for the program's own.</summary>
    public string? ServerName { get; init; }

    /// <summary><c>version</c>; null for the program's own.</summary>
    public string? Version { get; init; }

    /// <summary><c>instructions</c>: instructions for clients on how to use the server; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary><c>log_level</c>.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary><c>log_format</c>.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary><c>tool_log</c>.</summary>
    public ToolLogDetail ToolLog { get; init; }

    /// <summary><c>tool_loggers</c>.</summary>
    public ImmutableArray<ToolLoggerKind> ToolLoggers { get; init; } = [ToolLoggerKind.Jsonl];

    /// <summary><c>tool_log_dir</c>: an absolute path; null for <c>~/.mcp_proxy/logs</c>.</summary>
    public string? ToolLogDir { get; init; }

    /// <summary><c>tool_log_retention_days</c>.</summary>
    public int ToolLogRetentionDays { get; init; } = 90;

    /// <summary><c>tool_log_redact</c>: parts of the names of secrets.</summary>
    public ImmutableArray<string> ToolLogRedact { get; init; } = Redaction.DefaultNames;

    /// <summary><c>transport</c>.</summary>
    public Transport Transport { get; init; }

    /// <summary><c>host</c>: the address that MCP and health are bound to over HTTP. Default: 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary><c>port</c>: the port of MCP over HTTP; 0 for a free one. Default: 12200.</summary>
    public int Port { get; init; } = 12200;

    /// <summary><c>path_base</c>: the path below which MCP and the unlock page are served over HTTP, such as <c>/tools</c>; empty for the root.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>The path of MCP over HTTP.</summary>
    internal string McpPath => $"{PathBase}/mcp";

    /// <summary><c>tls_cert</c>: the absolute path of a PEM file; null for no TLS.</summary>
    public string? TlsCert { get; init; }

    /// <summary><c>tls_key</c>: the absolute path of a PEM file.</summary>
    public string? TlsKey { get; init; }

    /// <summary>True if MCP is served over TLS.</summary>
    internal bool IsTls => Transport is Transport.Http && TlsCert is not null;

    /// <summary><c>health_port</c>: by default the one after <see cref="Port"/>; 0 for a free one; null for no health endpoint, as always over stdio.</summary>
    public int? HealthPort
    {
        get => Transport is Transport.Stdio || _healthPort == Off ? null : _healthPort ?? (Port == 0 ? 0 : Port + 1);
        init => _healthPort = value ?? Off;
    }

    /// <summary><c>management_port</c>: by default 12299; over stdio, where each client starts a process, and with <c>port: 0</c>, a free one (0).</summary>
    public int ManagementPort
    {
        get => _managementPort ?? (Transport is Transport.Stdio || Port == 0 ? 0 : 12299);
        init => _managementPort = value;
    }

    /// <summary><c>management_token</c>; null for none, <c>auto</c> for a random one.</summary>
    public string? ManagementToken { get; init; }

    /// <summary><c>management_tools</c>; null for a default that depends on the address and authentication.</summary>
    public ManagementTools? ManagementTools { get; init; }

    /// <summary><c>allowed_hosts</c>; null for the names that the server is bound to.</summary>
    public ImmutableArray<string>? AllowedHosts { get; init; }

    /// <summary><c>allowed_origins</c>; null for loopback origins.</summary>
    public ImmutableArray<string>? AllowedOrigins { get; init; }

    /// <summary><c>session_idle_timeout</c>; null for never.</summary>
    public TimeSpan? SessionIdleTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary><c>max_sessions</c>.</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary><c>max_request_body</c>, in bytes.</summary>
    public int MaxRequestBody { get; init; } = 4 * 1024 * 1024;

    /// <summary><c>access_log</c>: a log line for each HTTP request.</summary>
    public bool AccessLog { get; init; }

    /// <summary><c>allow_anonymous</c>: true if a server without authentication on an open network is intended.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>The <c>oauth_*</c> keys.</summary>
    public OAuthSettings OAuth { get; init; } = new();

    /// <summary>True if clients need an access token: over HTTP, with OAuth configured.</summary>
    public bool NeedsToken => Transport is Transport.Http && OAuth.IsInForce;

    /// <summary>True if other machines can reach it: by its address, or by a public URL that leads to it.</summary>
    public bool IsForOthers => Transport is Transport.Http && (!Loopback.Is(Host) || NeedsToken && !Loopback.Is(OAuth.PublicUrl!.Host));

    /// <summary><c>gate</c>; null without that section.</summary>
    public GateSettings? Gate { get; init; }

    /// <summary><c>limits</c>.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary><c>validators</c>: plugins whose validators check the calls of all tools.</summary>
    public ImmutableArray<PluginReference> Validators { get; init; } = [];

    /// <summary><c>unknown_arguments</c>.</summary>
    public UnknownArgumentRule UnknownArguments { get; init; }

    /// <summary><c>plugin_dirs</c>: absolute paths of folders, in the order in which they are searched.</summary>
    public ImmutableArray<string> PluginDirs { get; init; } = [];

    /// <summary><c>autoload</c>; null for everything in the plugin folders.</summary>
    public ImmutableArray<PluginReference>? Autoload { get; init; }

    /// <summary><c>plugins</c>, by name, ignoring case.</summary>
    public ImmutableSortedDictionary<string, PluginEntry> Plugins { get; init; } =
        ImmutableSortedDictionary.Create<string, PluginEntry>(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>plugins_load</c>: the plugins that mcp-factory loads; null for the enabled ones of <see cref="Plugins"/>.</summary>
    public ImmutableArray<PluginReference>? PluginsLoad { get; init; }

    /// <summary><c>culture</c>: current culture of plugin code.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary><c>compile_cache</c>: compiled scripts are kept from one start to the next.</summary>
    public bool CompileCache { get; init; } = true;

    /// <summary><c>state_dir</c>: an absolute path; null for <c>~/.mcp_proxy</c>.</summary>
    public string? StateDir { get; init; }

    /// <summary>Returns the absolute path of a file or folder in the state folder.</summary>
    public string InState(string name) => System.IO.Path.Combine(StateFolder, name);

    /// <summary>The absolute path of the state folder.</summary>
    public string StateFolder => StateDir ?? System.IO.Path.Combine(ProcessEnvironment.Home(), ".mcp_proxy");

    /// <summary><c>compile_cache_dir</c>: an absolute path; null for <c>~/.mcp_proxy/cache</c>.</summary>
    public string? CompileCacheDir { get; init; }

    /// <summary><c>auto_prefix</c>: tools get their plugin's name as prefix.</summary>
    public bool AutoPrefix { get; init; }

    /// <summary><c>dynamic_dispatch</c>: offers <c>proxy__run</c>.</summary>
    public bool DynamicDispatch { get; init; }

    /// <summary><c>watch</c>: applies changes of the plugin folders and the configuration file while the program runs.</summary>
    public bool Watch { get; init; }

    /// <summary><c>strict</c>: a plugin that cannot be loaded at start ends the program.</summary>
    public bool Strict { get; init; }

    /// <summary><c>require_plugins</c>: a server without any plugin is not ready.</summary>
    public bool RequirePlugins { get; init; }

    /// <summary><c>register_timeout</c>.</summary>
    public TimeSpan RegisterTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>drain_timeout</c>; null for no limit.</summary>
    public TimeSpan? DrainTimeout { get; init; }

    /// <summary><c>page_size</c> of the lists.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The keys about NuGet packages.</summary>
    public PackageSettings Packages { get; init; } = new();

    /// <summary>Returns the entry of a plugin; an entry with default values if it has none.</summary>
    public PluginEntry Plugin(string name) => Plugins.GetValueOrDefault(name) ?? new PluginEntry();

    /// <summary>The plugins with a path of their own, <c>plugins.&lt;name&gt;.path</c>; the paths are absolute.</summary>
    public IEnumerable<(string Name, string Path)> PluginPaths =>
        from plugin in Plugins where plugin.Value.Path is not null select (plugin.Key, plugin.Value.Path);

    /// <summary>Omits all values but the file: some are secrets.</summary>
    public override string ToString() => $"{nameof(McpScriptConfig)} {{ ConfigFile = {ConfigFile} }}";
}
