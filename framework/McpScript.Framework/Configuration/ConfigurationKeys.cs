using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using McpScript.Configuration.Schema;
using McpScript.Configuration.Yaml;
using McpScript.Model;
using McpScript.Packages;
using Microsoft.Extensions.Logging;
using static McpScript.Configuration.Schema.KeySupport;
using static McpScript.Configuration.Schema.KeyTable<McpScript.Configuration.McpScriptConfig>;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The table of all top-level keys; a new key needs an entry here only.</summary>
static class ConfigurationKeys
{
    static readonly SettingType<PluginReference> PluginName = new ScalarType<PluginReference>(
        "a plugin name (1 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit, never a path)",
        TryPluginName);

    static readonly SettingType<PluginReference> AutoloadName = new ScalarType<PluginReference>(
        "a plugin name (1 to 64 letters, digits, '_', '.' or '-', beginning with a letter or digit, never a path), "
        + "or the id and version of a package, such as Contoso.Tools@1.2.3",
        TryAutoloadName);

    static readonly ListType<PluginReference> PluginNames = new("a list of plugin names", PluginName);
    static readonly ListType<string> Texts = new("a list of texts", Text);

    static readonly SettingType<LogLevel> Level = Word(
        ("TRACE", LogLevel.Trace), ("DEBUG", LogLevel.Debug), ("INFO", LogLevel.Information), ("WARNING", LogLevel.Warning),
        ("ERROR", LogLevel.Error), ("CRITICAL", LogLevel.Critical), ("Verbose", LogLevel.Trace), ("Information", LogLevel.Information),
        ("WARN", LogLevel.Warning), ("Fatal", LogLevel.Critical));

    /// <summary>All keys.</summary>
    public static SectionType<McpScriptConfig> All { get; } = new(
        "a mapping from keys to values",
        [
            .. Server(), .. Http(), .. ToolLogKeys.All, .. Management(), .. PluginLoading(), .. OAuthKeys.All, .. PackageKeys.All, .. Unused(),
            Key("limits", LimitKeys.All, c => c.Limits, (c, v) => c with { Limits = v ?? new() }, "{}",
                "Limits of tool calls."),
            Key("unknown_arguments", PluginKeys.UnknownArguments, c => c.UnknownArguments, (c, v) => c with { UnknownArguments = v }, "refuse",
                "Whether a call with arguments that its tool does not have is refused, or they are dropped for clients that add fields of their own.",
                live: true),
            Key("validators", PluginNames, c => c.Validators, (c, v) => c with { Validators = v ?? [] }, "[]",
                "Plugins whose validators check the calls of all tools; while one of them is not loaded, every call is refused.", live: true),
            Key("gate", GateKeys.All, c => c.Gate, (c, v) => c with { Gate = v }, null,
                "A second factor (TOTP) for groups of tools."),
        ],
        "what a plugin reads belongs under 'plugins.<name>'");

    static IEnumerable<SectionKey<McpScriptConfig>> Server() =>
    [
        Key("server_name", Text, c => c.ServerName, (c, v) => c with { ServerName = v }, null,
            "The server's name, as clients see it; by default the program's own.", "MCP_SERVER_NAME"),
        Key("version", Text, c => c.Version, (c, v) => c with { Version = v }, null,
            "The server's version, as clients see it; by default the program's own."),
        Key("instructions", Text, c => c.Instructions, (c, v) => c with { Instructions = v }, null,
            "Instructions for clients on how to use this server."),
        Key("log_level", Level, c => c.LogLevel, (c, v) => c with { LogLevel = v }, "INFO",
            "The lowest level that is logged.", "MCP_LOG_LEVEL", live: true),
        Key("log_format", Word(("text", LogFormat.Text), ("json", LogFormat.Json)), c => c.LogFormat, (c, v) => c with { LogFormat = v }, "text",
            "The format of log lines: text, or one JSON object per line.", "MCP_LOG_FORMAT"),
        Key("page_size", Number("a whole number from 1 to 100000", 1, 100_000), c => c.PageSize, (c, v) => c with { PageSize = v }, "1000",
            "The largest number of tools, prompts or resources in one page of a list."),
    ];

    static IEnumerable<SectionKey<McpScriptConfig>> Http() =>
    [
        Key("transport", Word(("stdio", Transport.Stdio), ("http", Transport.Http), ("streamable-http", Transport.Http)),
            c => c.Transport, (c, v) => c with { Transport = v }, "stdio",
            "The transport between clients and the server.", "MCP_TRANSPORT"),
        Key("host", Host, c => c.Host, (c, v) => c with { Host = v }, "127.0.0.1",
            "The address that MCP and health are bound to over HTTP.", "MCP_HOST"),
        Key("port", Port, c => c.Port, (c, v) => c with { Port = v }, "12200",
            "The port of MCP over HTTP; 0 takes a free one, and makes every port that is not set a free one.", "MCP_PORT"),
        Key("path_base", UrlPath, c => c.PathBase.Length > 0 ? c.PathBase : null, (c, v) => c with { PathBase = v ?? "" }, null,
            "The path below which MCP and the unlock page are served over HTTP, for a reverse proxy that passes paths on as they are; "
            + "health and management stay where they are.", "MCP_PATH_BASE"),
        Key("tls_cert", FilePath, c => c.TlsCert, (c, v) => c with { TlsCert = v }, null,
            "The certificate with which MCP and the unlock page are served over TLS, a PEM file, followed by its intermediate certificates; "
            + "a changed file is used for new connections.", "MCP_TLS_CERT"),
        Key("tls_key", FilePath, c => c.TlsKey, (c, v) => c with { TlsKey = v }, null,
            "The private key of 'tls_cert', a PEM file without a password.", "MCP_TLS_KEY"),
        Key("health_port", OrOff(Port), c => c.HealthPort, (c, v) => c with { HealthPort = v }, null,
            "The port of the health endpoint over HTTP; by default the one after 'port'; off for none.", "MCP_HEALTH_PORT"),
        Key("allowed_hosts", Texts, c => c.AllowedHosts, (c, v) => c with { AllowedHosts = v }, null,
            "The allowed values of the Host header; by default the names and addresses that the server is bound to, and the host of the public URL."),
        Key("allowed_origins", Texts, c => c.AllowedOrigins, (c, v) => c with { AllowedOrigins = v }, null,
            "The origins of web pages that may call the server; by default those on this machine."),
        Key("session_idle_timeout", OrOff(Seconds), c => c.SessionIdleTimeout, (c, v) => c with { SessionIdleTimeout = v }, "7200",
            "The idle time after which an HTTP session is ended; off for never."),
        Key("max_sessions", Number("a whole number from 1 to 1000000", 1, 1_000_000), c => c.MaxSessions, (c, v) => c with { MaxSessions = v }, "10000",
            "The largest number of HTTP sessions; one more ends the session that has been idle longest."),
        Key("max_request_body", Number("a number of bytes from 1024 to 1073741824", 1024, 1_073_741_824),
            c => c.MaxRequestBody, (c, v) => c with { MaxRequestBody = v }, "4194304",
            "The largest body of an HTTP request, in bytes."),
        Key("access_log", Switch, c => c.AccessLog, (c, v) => c with { AccessLog = v }, "false",
            "Logs a line for each HTTP request: method, path, status, duration, address, session and principal."),
        Key("allow_anonymous", Switch, c => c.AllowAnonymous, (c, v) => c with { AllowAnonymous = v }, "false",
            "Confirms that a server without authentication on an open network is intended."),
    ];

    static IEnumerable<SectionKey<McpScriptConfig>> Management() =>
    [
        Key("management_port", Port, c => c.ManagementPort, (c, v) => c with { ManagementPort = v }, null,
            "The port of the management API, always on this machine only; by default 12299, over stdio and beside 'port: 0' a free one."),
        Key("management_token", Secret, c => c.ManagementToken, (c, v) => c with { ManagementToken = v }, null,
            "The bearer token of the management API; 'auto' makes a random one that the command line finds without help.", "MCP_MGMT_TOKEN"),
        Key("management_tools", Optional(Word(("all", ManagementTools.All), ("read", ManagementTools.Read), ("none", ManagementTools.None))),
            c => c.ManagementTools, (c, v) => c with { ManagementTools = v }, null,
            "The proxy__ tools that clients get; by default all, on an open network without authentication only those that change nothing."),
        Key("dynamic_dispatch", Switch, c => c.DynamicDispatch, (c, v) => c with { DynamicDispatch = v }, "false",
            "Offers proxy__run, through which tools loaded after the start can be called by clients that never list the tools again."),
    ];

    static IEnumerable<SectionKey<McpScriptConfig>> PluginLoading() =>
    [
        Key("plugin_dirs", new ListType<string>("a list of folders", new FolderType()), c => c.PluginDirs, (c, v) => c with { PluginDirs = v ?? [] }, null,
            "The plugin folders, relative to this file; by default ./plugins and ./scripts-plugins of the working directory, those that exist."),
        Key("autoload", new ListType<PluginReference>("a list of plugin names", AutoloadName), c => c.Autoload, (c, v) => c with { Autoload = v }, null,
            "The plugins to load, packages also as id@version; by default everything in the plugin folders; [] for none.", live: true),
        Key("plugins", new PluginsType(PluginKeys.All), c => c.Plugins, (c, v) => c with { Plugins = v }, "{}",
            "Settings of single plugins, by name: a few keys for the host, all others for the plugin itself.", live: true),
        Key("plugins_load", PluginNames, c => c.PluginsLoad, (c, v) => c with { PluginsLoad = v }, null,
            "The plugins that mcp-factory loads; by default those under 'plugins' that are enabled."),
        Key("state_dir", FilePath, c => c.StateDir, (c, v) => c with { StateDir = v }, null,
            "The folder of packages, compiled scripts, call logs and, if the plugin folder is read-only, packages.lock.json; by default ~/.mcp_proxy.",
            "MCP_STATE_DIR"),
        Key("compile_cache", Switch, c => c.CompileCache, (c, v) => c with { CompileCache = v }, "true",
            "Keeps compiled scripts on disk, so that unchanged scripts start without the compiler."),
        Key("compile_cache_dir", FilePath, c => c.CompileCacheDir, (c, v) => c with { CompileCacheDir = v }, null,
            "The folder of the compiled scripts, created if it is missing, for this user only; by default ~/.mcp_proxy/cache."),
        Key("auto_prefix", Switch, c => c.AutoPrefix, (c, v) => c with { AutoPrefix = v }, "false",
            "Puts the plugin's name and an underscore before the names of its tools."),
        Key("watch", Switch, c => c.Watch, (c, v) => c with { Watch = v }, "false",
            "Applies changes of the plugin folders and of this file while the program runs."),
        Key("strict", Switch, c => c.Strict, (c, v) => c with { Strict = v }, "false",
            "Ends the program if a plugin cannot be loaded at start."),
        Key("require_plugins", Switch, c => c.RequirePlugins, (c, v) => c with { RequirePlugins = v }, "false",
            "Makes a server without any plugin not ready; by default it is ready, and degraded."),
        Key("culture", Culture, c => c.Culture, (c, v) => c with { Culture = v ?? CultureInfo.InvariantCulture }, "invariant",
            "The current culture of plugin code, such as de-DE; the host's own texts never depend on it.", "MCP_CULTURE"),
        Key("register_timeout", Seconds, c => c.RegisterTimeout, (c, v) => c with { RegisterTimeout = v }, "30",
            "The timeout for the registration of a plugin."),
        Key("drain_timeout", OrOff(Seconds), c => c.DrainTimeout, (c, v) => c with { DrainTimeout = v }, "off",
            "The time for running calls to finish on the old code after a reload."),
    ];

    static IEnumerable<SectionKey<McpScriptConfig>> Unused() =>
    [
        Key("service_type", new AnyType(), _ => null, (c, _) => c, null, "Has no effect.", support: Ignored),
        Key("tools", new AnyType(), _ => null, (c, _) => c, null, "Has no effect.", support: Ignored),
        Key("audit", new AnyType(), _ => null, (c, _) => c, null, "Has no effect; the gate's is 'gate.audit'.", support: Ignored),
    ];

    static bool TryPluginName(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out PluginReference plugin)
    {
        var valid = scalar.IsText && PluginReference.IsValidName(scalar.Text);
        plugin = valid ? new PluginReference(scalar.Text) : null;
        return valid;
    }

    static bool TryAutoloadName(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out PluginReference plugin)
    {
        if (!scalar.IsText || scalar.Text.Split('@', 2) is not [var name, var version])
            return TryPluginName(scalar, context, out plugin);
        var valid = PluginReference.IsValidName(name) && PackageVersions.Parse(version) is not null;
        plugin = valid ? new PluginReference(name) { Version = version } : null;
        return valid;
    }
}
