using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpScript.Configuration.Yaml;
using McpScript.Model;

namespace McpScript.Configuration.Schema;

/// <summary>Types of single values.</summary>
static class SettingTypes
{
    const string UrlPathPattern = "^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+";

    // The longest time that CancellationTokenSource and timers accept, in whole days.
    const double MaxSeconds = 24 * 24 * 60 * 60;

    /// <summary>Text; a number is the text as it is written, so that <c>version: 1.0</c> keeps its zero.</summary>
    public static SettingType<string> Text { get; } = new ScalarType<string>("text (in quotes, if it is a word like on or true)", TryText);

    /// <summary>A token or another secret.</summary>
    public static SettingType<string> Secret { get; } = new SecretType();

    /// <summary>On or off.</summary>
    public static SettingType<bool> Switch { get; } = new ScalarType<bool>(
        "true or false", TrySwitch, schema: new() { ["enum"] = new JsonArray(true, false, "on", "off", "yes", "no") });

    /// <summary>A TCP port, 0 for a free one.</summary>
    public static ScalarType<int> Port { get; } = Number("a port from 0 to 65535", 0, 65535);

    /// <summary>A duration in seconds.</summary>
    public static ScalarType<TimeSpan> Seconds { get; } = SecondsFrom(0);

    /// <summary>Returns a type for a duration in seconds with a lower limit.</summary>
    public static ScalarType<TimeSpan> SecondsFrom(double least) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number of seconds from {least} to {MaxSeconds}"),
        (YamlScalar scalar, ReadContext _, out TimeSpan value) =>
        {
            var parsed = double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds >= least && seconds <= MaxSeconds;
            value = parsed ? TimeSpan.FromSeconds(seconds) : default;
            return parsed && IsUnquoted(scalar);
        },
        schema: new() { ["type"] = "number", ["minimum"] = least, ["maximum"] = MaxSeconds });

    /// <summary>An absolute http or https URL.</summary>
    public static SettingType<Uri> Url { get; } = new ScalarType<Uri>("an http or https URL", TryUrl);

    /// <summary>A culture that this machine supports; <c>invariant</c> for the invariant one.</summary>
    public static SettingType<CultureInfo> Culture { get; } = new ScalarType<CultureInfo>(
        Globalization.IsInvariant
            ? "invariant (this process has no cultures: DOTNET_SYSTEM_GLOBALIZATION_INVARIANT is set)"
            : "the name of a culture, such as de-DE, or invariant",
        TryCulture,
        schema: new() { ["type"] = "string" });

    /// <summary>A host name or IP address to listen on.</summary>
    public static SettingType<string> Host { get; } = new ScalarType<string>(
        "a host name or IP address without a port (all addresses: '0.0.0.0' or '::')", TryHost);

    /// <summary>The path of a file or folder, converted to an absolute one.</summary>
    public static SettingType<string> FilePath { get; } = new ScalarType<string>("a path", TryPath);

    /// <summary>
    /// The beginning of a URL path. Segments that begin with a dot are refused: clients treat them specially, and <c>.well-known</c> is reserved.
    /// </summary>
    public static SettingType<string> UrlPath { get; } = new ScalarType<string>(
        "a path such as /tools: it begins with a slash, does not end with one, and has only letters, digits, '-', '_', '.' and '~' between slashes",
        TryUrlPath,
        schema: new() { ["type"] = "string", ["pattern"] = UrlPathPattern + "$" });

    /// <summary>Returns a type for a whole number.</summary>
    public static ScalarType<int> Number(string expected, int least, int most) => new(
        expected,
        (YamlScalar scalar, ReadContext _, out int value) =>
        {
            var parsed = int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
            return parsed && IsUnquoted(scalar) && value >= least && value <= most;
        },
        schema: new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most });

    /// <summary>Returns a type for one of some words, in any case; error texts show the first word of each value.</summary>
    public static ScalarType<T> Word<T>(params (string Word, T Value)[] words) where T : struct
    {
        // Not LINQ over pairs with a T: it is compiled for each T, thirty methods per enum, at every start.
        var (texts, values) = (new string[words.Length], new object[words.Length]);
        for (var i = 0; i < words.Length; i++)
            (texts[i], values[i]) = words[i];
        return new ScalarType<T>(
            $"one of {string.Join(", ", texts.Where((_, i) => Array.IndexOf(values, values[i]) == i))}",
            (YamlScalar scalar, ReadContext _, out T value) =>
            {
                var found = Array.FindIndex(texts, text => string.Equals(text, scalar.Text, StringComparison.OrdinalIgnoreCase));
                value = found < 0 ? default : (T)values[found];
                return found >= 0;
            },
            schema: new() { ["enum"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]) });
    }

    /// <summary>Returns a type for a value or <c>off</c>.</summary>
    public static SettingType<T?> OrOff<T>(ScalarType<T> type) where T : struct => new ScalarType<T?>(
        $"{type.Expected}, or off",
        (YamlScalar scalar, ReadContext context, out T? value) =>
        {
            value = null;
            if (scalar is { AsSwitch: false, Text: not "0" })
                return true;
            var parsed = type.TryParse(scalar, context, out var some);
            value = some;
            return parsed;
        },
        schema: new() { ["anyOf"] = new JsonArray(type.Schema, new JsonObject { ["enum"] = new JsonArray("off", false) }) });

    /// <summary>Returns a type for a value of a key without a default.</summary>
    public static SettingType<T?> Optional<T>(ScalarType<T> type) where T : struct => new ScalarType<T?>(
        type.Expected,
        (YamlScalar scalar, ReadContext context, out T? value) =>
        {
            var parsed = type.TryParse(scalar, context, out var some);
            value = some;
            return parsed;
        },
        schema: type.Schema);

    static bool TryText(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        return scalar.IsText;
    }

    static bool TrySwitch(YamlScalar scalar, ReadContext context, out bool value)
    {
        value = scalar.AsSwitch ?? false;
        return scalar.AsSwitch is not null;
    }

    static bool TryCulture(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out CultureInfo value)
    {
        value = null;
        if (!scalar.IsText)
            return false;
        try
        {
            var isInvariant = string.Equals(scalar.Text, "invariant", StringComparison.OrdinalIgnoreCase);
            value = isInvariant ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(scalar.Text, predefinedOnly: true);
            // Without cultures .NET can be configured to accept any name, with the data of the invariant culture.
            return value.Name.Length == 0 || !Globalization.IsInvariant;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    static bool TryUrl(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out Uri value) =>
        Uri.TryCreate(scalar.Text, UriKind.Absolute, out value) && value.Scheme is "http" or "https";

    static bool TryHost(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        return scalar.IsText && Uri.CheckHostName(value) is not UriHostNameType.Unknown;
    }

    static bool TryPath(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out string value)
    {
        var usable = scalar.IsText && !scalar.Text.Contains('\0');
        value = usable ? context.FullPath(scalar.Text) : null;
        return usable;
    }

    static bool TryUrlPath(YamlScalar scalar, ReadContext context, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        return scalar.IsText && Regex.IsMatch(value, UrlPathPattern + @"\z", RegexOptions.NonBacktracking);
    }

    static bool IsUnquoted(YamlScalar scalar) => !scalar.Quoted || scalar.Expanded;
}
