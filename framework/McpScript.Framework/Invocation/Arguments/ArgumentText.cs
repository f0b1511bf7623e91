using System.Text;
using System.Text.Json;

namespace McpScript.Invocation.Arguments;

/// <summary>Texts of argument problems: the place, the expected value, the actual value.</summary>
static class ArgumentText
{
    /// <summary>The largest number of problems in one answer.</summary>
    public const int Most = 10;

    const int LongestShown = 60;
    const int LongestPath = 200;
    const int MostNames = 40;

    /// <summary>Returns a sentence such as "'when' should be a date and time such as …, but the string "yesterday" came."</summary>
    public static string Misfit(string path, SchemaNode schema, in JsonElement value, bool showValues) =>
        $"'{ShortPath(path)}' should be {(Expected(schema, value) is { Length: > 0 } words ? words : "absent")}, but {Came(value, showValues)} came.";

    /// <summary>Returns the values that a schema accepts, such as "an integer from 1 to 10"; empty if it accepts anything.</summary>
    public static string Words(SchemaNode schema)
    {
        if (schema.Allowed is not null)
            return schema.Allowed.Words();
        if (schema.Kinds is JsonKinds.All && schema.Form is null && schema.Others is { } others)
        {
            if (others.All.Count > 0)
                return Words(others.All[0]);
            return others.Any.Count + others.One.Count > 0 ? AlternativesProblem.Words(others.Any.Concat(others.One)) : "";
        }
        return schema.Kinds is JsonKinds.All && schema.Form is null ? "" : string.Join(" or ", KindsOf(schema).Select(kind => Words(schema, kind)));
    }

    /// <summary>Returns the path of a member, such as "items[1].count".</summary>
    public static string Member(string path, string name) => path.Length == 0 ? Short(name) : $"{path}.{Short(name)}";

    /// <summary>Returns a count such as "1 to 3 items" or "at least 2 items"; null for no limits.</summary>
    public static string? Count(long? least, long? most, string what) => (least, most) switch
    {
        (null, null) => null,
        ({ } exactly, { } same) when exactly == same => Counted(exactly, what),
        ({ } low, { } high) => $"{low} to {Counted(high, what)}",
        ({ } low, null) => $"at least {Counted(low, what)}",
        (null, { } high) => $"at most {Counted(high, what)}",
    };

    /// <summary>Returns the actual value, such as "the string "yesterday"", or only its kind if it may be a secret.</summary>
    public static string Came(in JsonElement value, bool showValues)
    {
        var text = showValues ? Short(Beginning(value)) : "";
        return value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            _ when !showValues => $"a value of the kind '{value.ValueKind.ToString().ToLowerInvariant()}'",
            JsonValueKind.String => $"the string {text}",
            JsonValueKind.Number => $"the number {text}",
            JsonValueKind.True or JsonValueKind.False => $"the boolean {text}",
            JsonValueKind.Array => $"the array {text}",
            _ => $"the object {text}",
        };
    }

    /// <summary>Returns the known names, such as "; it takes 'a', 'b'".</summary>
    public static string Known(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return "; it takes none";
        var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        return $"; it takes {string.Join(", ", names.Take(MostNames).Select(name => $"'{Short(name)}'"))}{more}";
    }

    /// <summary>Returns a text, shortened if it is long.</summary>
    public static string Short(string text) => text.Length <= LongestShown ? text : text[..(LongestShown - 3)] + "...";

    /// <summary>Returns true if enough problems are known, so that more need not be collected.</summary>
    public static bool IsEnough(in ArgumentWalk walk) => walk.Problems is null || walk.Problems.Count > 10 * Most;

    static string ShortPath(string path) => path.Length == 0 ? "arguments" : path.Length <= LongestPath ? path : $"...{path[^(LongestPath - 3)..]}";

    // Text instead of a number is answered with "a number", a number out of range with the range.
    static string Expected(SchemaNode schema, in JsonElement value)
    {
        if (schema.Allowed is not null && schema.Kinds.Have(value))
            return schema.Allowed.Words();
        var hasWrongForm = schema.Form is { } form && form.Kind == value.ValueKind && schema.Kinds.Have(value) && !form.Fits(value);
        return hasWrongForm ? schema.Form!.Words + OrNull(schema) : Words(schema);
    }

    static string OrNull(SchemaNode schema) => schema.Kinds != JsonKinds.All && (schema.Kinds & JsonKinds.Null) != 0 ? " or null" : "";

    static IEnumerable<JsonKinds> KindsOf(SchemaNode schema)
    {
        var kinds = schema.Kinds is JsonKinds.All ? schema.Form!.Kind == JsonValueKind.String ? JsonKinds.String : JsonKinds.Number : schema.Kinds;
        var others = Enum.GetValues<JsonKinds>().Where(kind => int.IsPow2((int)kind) && (kinds & kind) != 0);
        return schema.Order.Where(kind => (kinds & kind) != 0).Concat(others).Distinct();
    }

    static string Words(SchemaNode schema, JsonKinds kind) => kind switch
    {
        JsonKinds.String => schema.Form is { Kind: JsonValueKind.String } form ? form.Words : schema.Texts?.Words() ?? "a string",
        JsonKinds.Integer => $"an integer{schema.Numbers?.Words()}",
        JsonKinds.Number => $"a number{schema.Numbers?.Words()}",
        JsonKinds.Boolean => "a boolean",
        JsonKinds.Array => "an array",
        JsonKinds.Object => "an object",
        _ => "null",
    };

    static string Counted(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    // Converts only the beginning, because a value may be megabytes long.
    static string Beginning(in JsonElement value)
    {
        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value);
        return Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 4 * LongestShown)]) + (raw.Length > 4 * LongestShown ? new string(' ', LongestShown) : "");
    }
}
