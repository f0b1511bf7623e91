using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using ModelContextProtocol;

namespace McpScript.Data;

/// <summary>A table with named columns, read from CSV or written as CSV or Markdown.</summary>
sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Reads CSV; the first row names the columns.</summary>
    /// <exception cref="McpException">The CSV is invalid.</exception>
    public static CsvTable Parse(string csv, string delimiter)
    {
        using var parser = new CsvParser(new StringReader(csv), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter });
        try
        {
            if (!parser.Read())
                throw new McpException("There is nothing in the CSV, not even the names of the columns.");
            var columns = parser.Record!;
            var rows = new List<IReadOnlyList<string>>();
            while (parser.Read())
                rows.Add(parser.Record!.Length == columns.Length
                    ? parser.Record
                    : throw new McpException($"Line {parser.RawRow} of the CSV has {parser.Record.Length} values, and there are {columns.Length} columns. "
                        + $"Put quotes around values that hold the delimiter '{delimiter}'."));
            return new(columns, rows);
        }
        catch (CsvHelperException e)
        {
            throw new McpException($"The CSV cannot be read at line {parser.RawRow}: {e.Message.Split('\n')[0].Trim()}");
        }
    }

    /// <summary>Creates a table from a list of JSON objects.</summary>
    /// <exception cref="McpException">The data is not a list of flat objects.</exception>
    public static CsvTable Of(JsonNode? data)
    {
        if (data is not JsonArray rows || rows.Any(row => row is not JsonObject))
            throw new McpException("Only a list of objects can become CSV: [{\"name\": \"value\"}, …].");
        var columns = rows.SelectMany(row => row!.AsObject().Select(member => member.Key)).Distinct().ToList();
        return new(columns, [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => Cell(row![column], column))])]);
    }

    /// <summary>Returns the rows as JSON objects.</summary>
    public JsonArray ToJson() => new([.. Rows.Select(row => new JsonObject(Columns.Select((column, i) => KeyValuePair.Create(column, Scalars.Read(row[i])))))]);

    /// <summary>Returns the values of a column.</summary>
    /// <exception cref="McpException">There is no such column.</exception>
    public IReadOnlyList<string> ValuesOf(string column) =>
        Columns.ToList().IndexOf(column) is >= 0 and var at
            ? [.. Rows.Select(row => row[at])]
            : throw new McpException($"There is no column '{column}'. There are: {string.Join(", ", Columns)}.");

    /// <summary>Formats the table as CSV.</summary>
    public string ToText(string delimiter)
    {
        var text = new StringWriter();
        using (var writer = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, NewLine = "\n" }))
            foreach (var row in Rows.Prepend(Columns))
            {
                foreach (var value in row)
                    writer.WriteField(value);
                writer.NextRecord();
            }
        return text.ToString();
    }

    /// <summary>Formats the table as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Prepend([.. Columns.Select(_ => "---")]).Prepend(Columns))
            text.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
        return text.ToString();
    }

    static string Escape(string value) => value.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    static string Cell(JsonNode? value, string column) => value switch
    {
        null => "",
        JsonValue scalar => scalar.GetValueKind() == JsonValueKind.String ? scalar.GetValue<string>() : scalar.ToJsonString(),
        _ => throw new McpException($"'{column}' holds an object or a list, which a table cannot contain. Flatten it first."),
    };
}
