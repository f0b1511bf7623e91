using System.Collections.Immutable;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Keywords of a schema for objects: <c>properties</c>, <c>required</c>, <c>additionalProperties</c> and related ones.</summary>
sealed class ObjectRules
{
    /// <summary><c>properties</c>.</summary>
    public IReadOnlyDictionary<string, SchemaNode> Properties { get; set; } = ImmutableDictionary<string, SchemaNode>.Empty;

    /// <summary>The names in <c>properties</c>, in their order.</summary>
    public ImmutableArray<string> Names { get; set; } = [];

    /// <summary><c>patternProperties</c>.</summary>
    public ImmutableArray<(SchemaPattern Pattern, SchemaNode Schema)> Patterns { get; set; } = [];

    /// <summary><c>additionalProperties</c>: the schema of all other members; null for any value.</summary>
    public SchemaNode? Others { get; set; }

    /// <summary><c>propertyNames</c>.</summary>
    public SchemaNode? NameRule { get; set; }

    /// <summary><c>required</c>.</summary>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary><c>dependentRequired</c>: members that require others.</summary>
    public ImmutableArray<(string Member, ImmutableArray<string> Needs)> Dependent { get; init; } = [];

    /// <summary><c>minProperties</c>.</summary>
    public long? MinCount { get; init; }

    /// <summary><c>maxProperties</c>.</summary>
    public long? MaxCount { get; init; }

    /// <summary>True if there are only <c>properties</c>, <c>required</c>, and other members are either all allowed or all refused.</summary>
    public bool IsPlain =>
        Patterns.IsEmpty && NameRule is null && Dependent.IsEmpty && MinCount is null && MaxCount is null
        && (Others is null || Others == SchemaNode.Nothing);

    /// <summary>Checks an object.</summary>
    public bool Check(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var fits = CheckRequired(value, path, ref walk);
        if (fits || walk.Problems is not null)
            fits &= CheckCount(value, path, ref walk);
        if ((fits || walk.Problems is not null) && !(Properties.Count == 0 && Patterns.IsEmpty && Others is null && NameRule is null))
            fits &= CheckMembers(value, path, ref walk);
        return fits;
    }

    /// <summary>Returns the schemas of a member.</summary>
    public IEnumerable<SchemaNode> SchemasOf(string name)
    {
        var isNamed = false;
        if (Properties.TryGetValue(name, out var own))
        {
            isNamed = true;
            yield return own;
        }
        foreach (var (pattern, schema) in Patterns)
            if (pattern.Fits(name))
            {
                isNamed = true;
                yield return schema;
            }
        if (!isNamed && Others is not null)
            yield return Others;
    }

    bool CheckRequired(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var fits = true;
        foreach (var name in Required)
            if (!JsonTextValue.TryGetMember(value, name, out _))
                fits = Missing(path, name, null, ref walk);
        foreach (var (member, needs) in Dependent)
            if (JsonTextValue.TryGetMember(value, member, out _))
                foreach (var name in needs)
                    if (!JsonTextValue.TryGetMember(value, name, out _))
                        fits = Missing(path, name, member, ref walk);
        return fits;
    }

    bool Missing(string path, string name, string? member, ref ArgumentWalk walk)
    {
        if (walk.Problems is null)
            return false;
        var words = Properties.TryGetValue(name, out var schema) ? ArgumentText.Words(schema) : "";
        var why = member is null ? "" : $" (it belongs to '{ArgumentText.Short(ArgumentText.Member(path, member))}')";
        walk.Problems.Add($"'{ArgumentText.Member(path, name)}' is missing{why}{(words.Length == 0 ? "" : $"; it should be {words}")}.");
        return false;
    }

    bool CheckCount(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        if (MinCount is null && MaxCount is null)
            return true;
        var count = value.GetPropertyCount();
        if (count >= (MinCount ?? 0) && count <= (MaxCount ?? long.MaxValue))
            return true;
        var subject = path.Length == 0 ? "The arguments" : $"'{path}'";
        walk.Problems?.Add($"{subject} should have {ArgumentText.Count(MinCount, MaxCount, "member")}, but {count} came.");
        return false;
    }

    bool CheckMembers(in JsonElement value, string path, ref ArgumentWalk walk)
    {
        var fits = true;
        foreach (var member in value.EnumerateObject())
        {
            if (JsonTextValue.Name(member) is not { } name)
                continue;
            if (IsPlain ? !CheckPlainMember(member.Value, name, path, ref walk) : !CheckMember(member.Value, name, path, ref walk))
                fits = false;
            if (!fits && ArgumentText.IsEnough(walk))
                return false;
        }
        return fits;
    }

    bool CheckPlainMember(in JsonElement value, string name, string path, ref ArgumentWalk walk) => Properties.TryGetValue(name, out var schema)
        ? CheckMember(schema, value, name, path, ref walk)
        : Others is null || Unexpected(path, name, ref walk);

    bool CheckMember(in JsonElement value, string name, string path, ref ArgumentWalk walk)
    {
        var fits = true;
        foreach (var schema in SchemasOf(name))
            fits &= schema == SchemaNode.Nothing ? Unexpected(path, name, ref walk) : CheckMember(schema, value, name, path, ref walk);
        if (NameRule is null || NameRule.Fits(JsonArguments.Text(name), ref walk))
            return fits;
        walk.Problems?.Add(
            $"'{ArgumentText.Short(ArgumentText.Member(path, name))}' has a name that is not allowed there; it should be {ArgumentText.Words(NameRule)}.");
        return false;
    }

    bool CheckMember(SchemaNode schema, in JsonElement value, string name, string path, ref ArgumentWalk walk)
    {
        if (walk.Problems is null ? schema.Check(value, "", ref walk) : schema.Fits(value, ref walk))
            return true;
        if (IsAbsent(value, name, ref walk))
            return true;
        if (walk.Problems is not null)
            schema.Check(value, ArgumentText.Member(path, name), ref walk);
        return false;
    }

    // Many clients send null for optional members without a value.
    bool IsAbsent(in JsonElement value, string name, ref ArgumentWalk walk)
    {
        if (value.ValueKind != JsonValueKind.Null || walk.Alternatives > 0 || walk.IsExhausted || Required.Contains(name))
            return false;
        walk.NeedsRewrite = true;
        return true;
    }

    static bool Unexpected(string path, string name, ref ArgumentWalk walk)
    {
        walk.Problems?.Add($"'{ArgumentText.Short(ArgumentText.Member(path, name))}' is not expected there.");
        return false;
    }
}
