namespace McpScript.Data;

/// <summary>Description of a table.</summary>
/// <param name="Rows">Number of rows, without the row of names.</param>
/// <param name="Columns">Columns, in their order.</param>
public sealed record TableDescription(int Rows, IReadOnlyList<Column> Columns);
