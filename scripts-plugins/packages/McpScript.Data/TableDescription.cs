namespace McpScript.Data;

/// <summary>What a table holds.</summary>
/// <param name="Rows">How many rows, the names not counted.</param>
/// <param name="Columns">The columns in their order.</param>
public sealed record TableDescription(int Rows, IReadOnlyList<Column> Columns);
