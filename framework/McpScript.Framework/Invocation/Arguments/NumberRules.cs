using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Keywords of a schema for numbers: <c>minimum</c>, <c>maximum</c>, the exclusive ones, <c>multipleOf</c>.</summary>
sealed record NumberRules(JsonElement? Minimum, JsonElement? ExclusiveMinimum, JsonElement? Maximum, JsonElement? ExclusiveMaximum, JsonElement? MultipleOf)
{
    /// <summary>True if there is a rule.</summary>
    public bool IsAny =>
        Minimum is not null || ExclusiveMinimum is not null || Maximum is not null || ExclusiveMaximum is not null || MultipleOf is not null;

    /// <summary>Checks a number.</summary>
    public bool Check(in JsonElement value, string path, SchemaNode schema, ref ArgumentWalk walk)
    {
        if ((Minimum is null || Compare(value, Minimum.Value) >= 0) && (ExclusiveMinimum is null || Compare(value, ExclusiveMinimum.Value) > 0)
            && (Maximum is null || Compare(value, Maximum.Value) <= 0) && (ExclusiveMaximum is null || Compare(value, ExclusiveMaximum.Value) < 0)
            && (MultipleOf is null || IsMultiple(value, MultipleOf.Value)))
            return true;
        walk.Problems?.Add(ArgumentText.Misfit(path, schema, value, walk.ShowValues));
        return false;
    }

    /// <summary>Returns the rules as text, such as " from 1 to 10".</summary>
    public string Words() => (Minimum, ExclusiveMinimum, Maximum, ExclusiveMaximum) switch
    {
        ({ } low, null, { } high, null) => $" from {low} to {high}{Multiple()}",
        (null, null, null, null) => Multiple(),
        _ => $" {string.Join(" and ", Bounds())}{Multiple()}",
    };

    IEnumerable<string> Bounds()
    {
        if (Minimum is { } low)
            yield return $"of at least {low}";
        if (ExclusiveMinimum is { } above)
            yield return $"greater than {above}";
        if (Maximum is { } high)
            yield return $"of at most {high}";
        if (ExclusiveMaximum is { } below)
            yield return $"less than {below}";
    }

    string Multiple() => MultipleOf is { } factor ? $" that is a multiple of {factor}" : "";

    // Decimals are exact within their range; beyond it, doubles are precise enough.
    static int Compare(in JsonElement value, in JsonElement bound) => value.TryGetDecimal(out var exact) && bound.TryGetDecimal(out var exactBound)
        ? exact.CompareTo(exactBound)
        : Double(value).CompareTo(Double(bound));

    static bool IsMultiple(in JsonElement value, in JsonElement factor)
    {
        if (value.TryGetDecimal(out var exact) && factor.TryGetDecimal(out var step))
            return step == 0 || exact % step == 0;
        var quotient = Double(value) / Double(factor);
        return !double.IsFinite(quotient) || quotient == Math.Floor(quotient);
    }

    static double Double(in JsonElement value) => value.TryGetDouble(out var number) ? number : double.NaN;
}
