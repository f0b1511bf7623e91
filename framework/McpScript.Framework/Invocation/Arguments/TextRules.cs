using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Keywords of a schema for strings: <c>minLength</c>, <c>maxLength</c>, <c>pattern</c>.</summary>
sealed record TextRules(long? MinLength, long? MaxLength, SchemaPattern? Pattern)
{
    /// <summary>Checks a string.</summary>
    public bool Check(in JsonElement value, string path, SchemaNode schema, ref ArgumentWalk walk)
    {
        if (HasRightLength(value) && (Pattern is null || JsonTextValue.Of(value) is { } text && Pattern.Fits(text)))
            return true;
        walk.Problems?.Add(ArgumentText.Misfit(path, schema, value, walk.ShowValues));
        return false;
    }

    /// <summary>Returns the rules as text, such as "a string of 2 to 5 characters that matches ^[a-z]+$".</summary>
    public string Words() => $"a string{Length()}{(Pattern is null ? "" : $" that matches {ArgumentText.Short(Pattern.Text)}")}";

    bool HasRightLength(in JsonElement value) =>
        MinLength is null && MaxLength is null
        || JsonTextValue.Length(value) is var length && length >= (MinLength ?? 0) && length <= (MaxLength ?? int.MaxValue);

    string Length() => ArgumentText.Count(MinLength, MaxLength, "character") is { } count ? $" of {count}" : "";
}
