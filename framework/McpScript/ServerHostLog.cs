using McpScript.Configuration;
using McpScript.Http.Authentication;
using Microsoft.Extensions.Logging;

namespace McpScript;

/// <summary>Log lines of a host about its start: folders, ports, and which clients can use it.</summary>
sealed partial class ServerHostLog(ILogger log)
{
    /// <summary>Logs which clients can use the server, and warns of settings that are probably wrong.</summary>
    public void ReportAccess(McpScriptConfig config, ResourceServer? resource)
    {
        if (config.IsTls && resource is { PublicUrl.Scheme: "http" })
            NotPlain(resource.PublicUrl.OriginalString);
        if (resource is { HasNoPath: true })
            NoPath(resource.PublicUrl.OriginalString, config.McpPath);
        else if (resource is not null && config.PathBase.Length > 0
            && !resource.PublicUrl.OriginalString.TrimEnd('/').EndsWith(config.McpPath, StringComparison.OrdinalIgnoreCase))
            OtherPath(resource.PublicUrl.OriginalString, config.McpPath);
        if (resource is not null)
            TokensNeeded(
                resource.PublicUrl.OriginalString, resource.IntrospectionUrl.OriginalString,
                resource.RequiredScopes.IsEmpty ? "none" : string.Join(' ', resource.RequiredScopes));
        else if (config.AllowAnonymous)
            return;
        else if (!Loopback.Is(config.Host))
            OpenToAll(config.Host);
        else if (config.OAuth.Enabled)
            OpenHere();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Role} ready: {Plugins} plugin(s), {Tools} tools; {Places}")]
    public partial void Ready(string role, int plugins, int tools, string places);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin folder: {Folder}")]
    public partial void Folder(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no plugin folder: neither ./plugins nor ./scripts-plugins exists here. "
        + "Create one and restart, or name one with --plugin-dir.")]
    public partial void NoFolders();

    [LoggerMessage(Level = LogLevel.Warning, Message = "MCP is open without authentication: every client that can reach {Host} can call every tool. "
        + "Bind to 127.0.0.1, or set 'allow_anonymous: true' if this is intended.")]
    partial void OpenToAll(string host);

    [LoggerMessage(Level = LogLevel.Information, Message = "Every program on this machine can use this server without a token; nothing else can reach it. "
        + "Set 'oauth_server_url' and 'oauth_public_url' to require tokens.")]
    partial void OpenHere();

    [LoggerMessage(Level = LogLevel.Warning, Message = "'oauth_public_url' is {Url}, without the path. Strict clients require the URL that they connect to. "
        + "If they connect to {Url}{Path}, set that URL; if they connect to the host alone, set {Url}/ with the slash.")]
    partial void NoPath(string url, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'oauth_public_url' is {Url}, but with 'tls_cert' this server accepts https only. "
        + "Clients cannot reach it there: set an https URL.")]
    partial void NotPlain(string url);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'oauth_public_url' is {Url}, which does not end with {Path}, where MCP is served: strict clients, "
        + "which require the URL that they connect to, refuse this server. Correct 'oauth_public_url' or 'path_base'.")]
    partial void OtherPath(string url, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "OAuth: {Resource} needs an access token (scopes: {Scopes}), which is checked at {Introspection}")]
    partial void TokensNeeded(string resource, string introspection, string scopes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The run file cannot be written ({Reason}), so 'mcp-proxy status' "
        + "and the other management commands need --mgmt-port.")]
    public partial void NoRunFile(string reason);
}
