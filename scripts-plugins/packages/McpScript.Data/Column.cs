namespace McpScript.Data;

/// <summary>A column of a table.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Kind"><c>number</c> or <c>text</c>; <c>empty</c> if no row has a value.</param>
/// <param name="Empty">Number of rows without a value.</param>
/// <param name="Distinct">Number of different values.</param>
/// <param name="Smallest">The smallest value; by number if all are numbers.</param>
/// <param name="Largest">The largest value.</param>
public sealed record Column(string Name, string Kind, int Empty, int Distinct, string? Smallest, string? Largest)
{
    /// <summary>Describes a column with these values.</summary>
    public static Column Of(string name, IReadOnlyList<string> values)
    {
        var present = values.Where(value => value.Length > 0).ToList();
        if (present.Count == 0)
            return new(name, "empty", values.Count, 0, null, null);
        var areNumbers = present.All(value => Scalars.NumberOf(value) is not null);
        var sorted = areNumbers ? present.OrderBy(value => Scalars.NumberOf(value)) : present.Order(StringComparer.Ordinal);
        return new(name, areNumbers ? "number" : "text", values.Count - present.Count, present.Distinct().Count(), sorted.First(), sorted.Last());
    }
}
