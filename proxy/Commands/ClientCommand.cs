using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Encodings.Web;
using Spectre.Console;

namespace McpScript.Proxy.Commands;

/// <summary>What every command that asks a running proxy has in common: the options, the exit codes, and JSON on demand.</summary>
abstract class ClientCommand : Command
{
    /// <summary>Exit codes.</summary>
    protected const int Done = 0, Failed = 1, Usage = 2;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Option<bool> _json = new("--json") { Description = "Print the API's answer as JSON." };

    protected ClientCommand(string name, string description) : base(name, description)
    {
        Options.Add(CommonOptions.ManagementPort);
        Options.Add(CommonOptions.Token);
        Options.Add(_json);
        SetAction(RunGuardedAsync);
    }

    /// <summary>Tables and colours where a person looks, plain text where it is piped.</summary>
    protected static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>Asks the proxy.</summary>
    protected abstract Task<(JsonObject Body, bool Ok)> AskAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>Shows an answer that is no refusal.</summary>
    protected abstract void Show(JsonObject body, ParseResult parsed);

    /// <summary>Shows a refusal, on stderr.</summary>
    protected virtual void ShowRefusal(JsonObject body) => Refusal.Show(body);

    /// <summary>Runs with a connection; a command that does not ask and show in one step replaces it.</summary>
    protected virtual async Task<int> RunAsync(ManagementClient proxy, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (body, ok) = await AskAsync(proxy, parsed, cancellationToken);
        return Tell(body, ok, parsed);
    }

    /// <summary>Finds the proxy and runs; a command that can do without one replaces it.</summary>
    protected virtual async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var proxy = ManagementClient.Connect(parsed.GetValue(CommonOptions.ManagementPort), parsed.GetValue(CommonOptions.Token));
        return await RunAsync(proxy, parsed, cancellationToken);
    }

    /// <summary>Tells what came of it; returns the exit code.</summary>
    protected int Tell(JsonObject body, bool ok, ParseResult parsed)
    {
        if (parsed.GetValue(_json))
            Console.WriteLine(body.ToJsonString(Indented));
        else if (ok)
            Show(body, parsed);
        else
            ShowRefusal(body);
        return ok ? Done : Failed;
    }

    /// <summary>True if JSON was asked for.</summary>
    protected bool WantsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The texts of an array.</summary>
    protected static IReadOnlyList<string> Texts(JsonNode? array) => [.. (array as JsonArray ?? []).Select(item => item!.GetValue<string>())];

    /// <summary>A table where a person looks.</summary>
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
