using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpScript.Data;

/// <summary>Tools of the plugin. They are found by the SDK's attributes; the comments are the descriptions that clients see.</summary>
[McpServerToolType]
public sealed class DataTools(PluginConfig config)
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    string Delimiter => config.Get("delimiter", ",")!;

    /// <summary>Convert data between JSON, YAML and CSV.</summary>
    /// <param name="text">The data.</param>
    /// <param name="from">Format of the data.</param>
    /// <param name="to">Target format; only a list of flat objects can become CSV.</param>
    [McpServerTool(Name = "convert", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    public string Convert(string text, DataForm from, DataForm to)
    {
        var data = from switch
        {
            DataForm.Json => ParseJson(text),
            DataForm.Yaml => YamlText.Parse(text),
            _ => CsvTable.Parse(text, Delimiter).ToJson(),
        };
        return to switch
        {
            DataForm.Json => data?.ToJsonString(Json) ?? "null",
            DataForm.Yaml => YamlText.Write(data),
            _ => CsvTable.Of(data).ToText(Delimiter),
        };
    }

    /// <summary>Describe the columns of a CSV text: kind, empty cells, distinct values, smallest and largest.</summary>
    /// <param name="csv">The table, with column names in the first row.</param>
    [McpServerTool(Name = "describe", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    public TableDescription Describe(string csv)
    {
        var table = CsvTable.Parse(csv, Delimiter);
        return new(table.Rows.Count, [.. table.Columns.Select(column => Column.Of(column, table.ValuesOf(column)))]);
    }

    /// <summary>Show columns of a CSV text as a Markdown table.</summary>
    /// <param name="csv">The table, with column names in the first row.</param>
    /// <param name="columns">Columns to show, in this order; by default all.</param>
    /// <param name="sort_by">Column to sort by, numbers by their value; by default rows are not sorted.</param>
    /// <param name="descending">True to show the largest first.</param>
    [McpServerTool(Name = "table", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    public string Table(string csv, string[]? columns = null, string? sort_by = null, bool descending = false)
    {
        var table = CsvTable.Parse(csv, Delimiter);
        var order = Enumerable.Range(0, table.Rows.Count);
        if (sort_by is not null && table.ValuesOf(sort_by) is var keys)
        {
            order = order.OrderBy(row => Scalars.NumberOf(keys[row]) ?? decimal.MaxValue).ThenBy(row => keys[row], StringComparer.Ordinal);
            order = descending ? order.Reverse() : order;
        }
        var shown = (columns is { Length: > 0 } some ? some : table.Columns).Select(column => (Name: column, Values: table.ValuesOf(column))).ToList();
        var most = config.Get("max_rows", 100);
        var rows = order.Take(most).Select(row => (IReadOnlyList<string>)[.. shown.Select(column => column.Values[row])]).ToList();
        var markdown = new CsvTable([.. shown.Select(column => column.Name)], rows).ToMarkdown();
        return table.Rows.Count > most ? $"{markdown}\n{most} of {table.Rows.Count} rows.\n" : markdown;
    }

    static JsonNode? ParseJson(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw new McpException($"The JSON cannot be read: {e.Message}");
        }
    }
}
