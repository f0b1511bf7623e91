// SQLite: queries databases read-only. Settings: databases (name: file), max_rows (200).
#r "nuget: Microsoft.Data.Sqlite, 10.0.14"
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

var databases = config.Get<Dictionary<string, string>>("databases") ?? [];
var maxRows = config.Get("max_rows", 200);

mcp.Tool("list_tables", "List the tables of a database, with their definitions.",
    ([Description("Configured name of the database; optional if there is only one.")] string? database = null, CancellationToken ct = default) =>
        Query("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name", database, ct), new() { ReadOnly = true, OpenWorld = false });

mcp.Tool("query_database", "Run a SELECT and return its rows as JSON.", (
    [Description("One SQL statement that only reads.")] string sql,
    [Description("Configured name of the database; optional if there is only one.")] string? database = null,
    CancellationToken ct = default) => Query(sql, database, ct), new() { ReadOnly = true, OpenWorld = false });

string Query(string sql, string? database, CancellationToken ct)
{
    using var connection = Open(database);
    using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
    end.CancelAfter(TimeSpan.FromSeconds(10));
    using var interrupt = end.Token.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
    try
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new JsonArray();
        while (rows.Count < maxRows && reader.Read())
            rows.Add(Row(reader));
        return rows.ToJsonString() + (rows.Count == maxRows && reader.Read() ? $"\nThese are the first {maxRows} rows; there are more." : "");
    }
    catch (SqliteException e)
    {
        throw new McpException(end.IsCancellationRequested ? "The query takes too long (more than 10 s). Select fewer rows." : e.Message);
    }
}

static JsonObject Row(SqliteDataReader reader) => new(Enumerable.Range(0, reader.FieldCount).DistinctBy(reader.GetName)
    .Select(i => KeyValuePair.Create(reader.GetName(i), Json(reader.GetValue(i)))));

// The file is opened read-only, and no other database can be attached.
SqliteConnection Open(string? name)
{
    if (databases.Count == 0)
        throw new McpException("No database is configured: 'databases' in the settings of this plugin names them.");
    if (name is null ? databases.Count != 1 : !databases.ContainsKey(name))
        throw new McpException($"Name one of the databases: {string.Join(", ", databases.Keys)}.");
    var file = Path.GetFullPath(name is null ? databases.Values.Single() : databases[name]);
    var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
    try
    {
        connection.Open();
        SQLitePCL.raw.sqlite3_limit(connection.Handle, SQLitePCL.raw.SQLITE_LIMIT_ATTACHED, 0);
        return connection;
    }
    catch (SqliteException e)
    {
        connection.Dispose();
        throw new McpException($"The database cannot be opened: {e.Message}");
    }
}

static JsonNode? Json(object value) => value switch
{
    DBNull => null,
    long number => JsonValue.Create(number),
    double number => JsonValue.Create(number),
    byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
    _ => JsonValue.Create(value.ToString()),
};
