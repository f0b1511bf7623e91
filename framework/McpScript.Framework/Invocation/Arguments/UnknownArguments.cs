using System.Collections.Concurrent;
using System.Collections.Immutable;
using McpScript.Catalogs;
using McpScript.Configuration;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;

namespace McpScript.Invocation.Arguments;

/// <summary>The rule for arguments that a tool does not have (<c>unknown_arguments</c>), and the log of ignored ones. Thread-safe.</summary>
/// <param name="config">Returns the configuration in force.</param>
/// <param name="served">The catalog, which has the plugin of each tool.</param>
/// <param name="log">Receives one line per tool and client.</param>
sealed partial class UnknownArguments(Func<McpScriptConfig> config, CurrentCatalog served, ILogger<UnknownArguments> log)
{
    // Clients choose their names: the limit keeps them from filling the log.
    const int MostRemembered = 1000;

    readonly ConcurrentDictionary<(string Tool, string Client), bool> _noted = new();

    /// <summary>Returns true if a tool's unknown arguments are dropped; false if they are problems.</summary>
    public bool AreIgnoredBy(string tool)
    {
        var current = config();
        var plugin = served.Catalog.Tools.TryGet(tool, out var item) ? item.Owner?.Reference.Name : null;
        return ((plugin is null ? null : current.Plugin(plugin).UnknownArguments) ?? current.UnknownArguments) == UnknownArgumentRule.Ignore;
    }

    /// <summary>Counts dropped arguments, and logs the first of each tool and client.</summary>
    public void Note(string tool, CallContext call, ImmutableArray<string> names)
    {
        Instruments.ArgumentsIgnored(tool, names.Length);
        var client = call.Request.Server.ClientInfo?.Name ?? call.Caller?.Name ?? "unknown";
        if (_noted.Count < MostRemembered && _noted.TryAdd((tool, client), true))
            Ignored(ArgumentText.Short(client), string.Join(", ", names.Take(ArgumentText.Most).Select(name => $"'{ArgumentText.Short(name)}'")), tool);
    }

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Client '{Client}' sends {Names}, which '{Tool}' does not take; ignored (unknown_arguments: ignore). "
        + "This is logged once for each tool and client.")]
    partial void Ignored(string client, string names, string tool);
}
