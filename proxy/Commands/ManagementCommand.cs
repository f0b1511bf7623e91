using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace McpScript.Proxy.Commands;

/// <summary>Base of the commands that call the management API of a running proxy: common options, exit codes, and JSON output.</summary>
abstract class ManagementCommand : Command
{
    /// <summary>Exit codes.</summary>
    protected const int Done = 0, Failed = 1, Usage = 2;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Option<bool> _json = new("--json") { Description = "Print the API's response as JSON." };

    protected ManagementCommand(string name, string description) : base(name, description)
    {
        Options.Add(CommonOptions.ManagementPort);
        Options.Add(CommonOptions.Token);
        Options.Add(_json);
        SetAction(RunGuardedAsync);
    }

    /// <summary>True if stdout is a terminal: tables and colours; otherwise plain text.</summary>
    protected static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>Sends the request to the proxy.</summary>
    protected abstract Task<(JsonObject Body, bool Ok)> RequestAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>Writes a successful response to stdout.</summary>
    protected abstract void Show(JsonObject body, ParseResult parsed);

    /// <summary>Writes an error response to stderr.</summary>
    protected virtual void ShowError(JsonObject body) => ErrorOutput.Show(body);

    /// <summary>Sends the request and shows the response; overridden by commands that do more than that.</summary>
    protected virtual async Task<int> RunAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (body, ok) = await RequestAsync(proxy, parsed, cancellationToken);
        return Report(body, ok, parsed);
    }

    /// <summary>Finds the running proxy and runs the command; overridden by commands that also work without a proxy.</summary>
    protected virtual async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var proxy = ManagementClient.Connect(parsed.GetValue(CommonOptions.ManagementPort), parsed.GetValue(CommonOptions.Token));
        return await RunAsync(proxy, parsed, cancellationToken);
    }

    /// <summary>Writes the response, as JSON if requested.</summary>
    /// <returns>The exit code.</returns>
    protected int Report(JsonObject body, bool ok, ParseResult parsed)
    {
        if (parsed.GetValue(_json))
            Console.WriteLine(body.ToJsonString(Indented));
        else if (ok)
            Show(body, parsed);
        else
            ShowError(body);
        return ok ? Done : Failed;
    }

    /// <summary>Returns true if <c>--json</c> is given.</summary>
    protected bool WantsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Returns the strings of a JSON array; empty if it is null.</summary>
    protected static IReadOnlyList<string> Texts(JsonNode? array) => [.. (array as JsonArray ?? []).Select(item => item!.GetValue<string>())];

    /// <summary>Writes a table to the terminal.</summary>
    protected static void Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var table = new Table().RoundedBorder();
        foreach (var column in columns)
            table.AddColumn(column);
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    async Task<int> RunGuardedAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(parsed, cancellationToken);
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C while waiting.
            return 130;
        }
    }
}
