using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Keywords of a schema for arrays: <c>prefixItems</c>, <c>items</c>, <c>minItems</c>, <c>maxItems</c>, <c>uniqueItems</c>, <c>contains</c>.</summary>
sealed class ArrayRules
{
    /// <summary><c>prefixItems</c>: the schemas of the first items.</summary>
    public ImmutableArray<SchemaNode> First { get; set; } = [];

    /// <summary><c>items</c>: the schema of all other items.</summary>
    public SchemaNode? Items { get; set; }

    /// <summary><c>contains</c>.</summary>
    public SchemaNode? Contains { get; set; }

    /// <summary><c>minContains</c>.</summary>
    public long MinContains { get; init; } = 1;

    /// <summary><c>maxContains</c>.</summary>
    public long? MaxContains { get; init; }

    /// <summary><c>minItems</c>.</summary>
    public long? MinItems { get; init; }

    /// <summary><c>maxItems</c>.</summary>
    public long? MaxItems { get; init; }

    /// <summary><c>uniqueItems</c>.</summary>
    public bool Unique { get; init; }

    /// <summary>Returns the schema of an item; null for any value.</summary>
    public SchemaNode? ItemAt(int index) => index < First.Length ? First[index] : Items;

    /// <summary>Checks an array.</summary>
    public bool Check(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var length = value.GetArrayLength();
        if (length < (MinItems ?? 0) || length > (MaxItems ?? int.MaxValue))
        {
            walk.Problems?.Add($"'{path}' should have {ArgumentText.Count(MinItems, MaxItems, "item")}, but {length} came.");
            return false;
        }
        if (Unique && !AreUnique(value, length))
        {
            walk.Problems?.Add($"'{path}' should not have the same item twice.");
            return false;
        }
        return (Contains is null || CheckContains(value, path, ref walk)) && (First.IsEmpty && Items is null || CheckItems(value, path, ref walk));
    }

    bool CheckItems(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var (fits, index) = (true, 0);
        foreach (var item in value.EnumerateArray())
        {
            if (ItemAt(index) is { } schema)
            {
                var itemFits = walk.Problems is null
                    ? schema.Check(item, "", ref walk)
                    : schema.Fits(item, ref walk) || schema.Check(item, $"{path}[{index}]", ref walk);
                if (!itemFits)
                    fits = false;
                if (!fits && ArgumentText.IsEnough(walk))
                    return false;
            }
            index++;
        }
        return fits;
    }

    bool CheckContains(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var found = 0L;
        walk.Alternatives++;
        foreach (var item in value.EnumerateArray())
            if (Contains!.Fits(item, ref walk))
                found++;
        walk.Alternatives--;
        if (found >= MinContains && found <= (MaxContains ?? long.MaxValue))
            return true;
        walk.Problems?.Add(
            $"'{path}' should contain {ArgumentText.Count(MinContains, MaxContains, "item")} of the kind '{ArgumentText.Words(Contains!)}', but {found} came.");
        return false;
    }

    static bool AreUnique(in JsonElement value, int length)
    {
        var seen = new HashSet<JsonElement>(length, JsonEquality.Instance);
        foreach (var item in value.EnumerateArray())
            if (!seen.Add(item))
                return false;
        return true;
    }
}
