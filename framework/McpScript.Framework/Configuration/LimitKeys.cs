using System.Globalization;
using McpScript.Configuration.Schema;
using McpScript.Configuration.Yaml;
using static McpScript.Configuration.Schema.SettingTypes;

namespace McpScript.Configuration;

/// <summary>The tables of the <c>limits</c> section and those below it.</summary>
static class LimitKeys
{
    const string Stray = "see the configuration reference for the known keys";

    static readonly SettingType<Limit?> Bytes = Number("a number of bytes", 1, int.MaxValue);
    static readonly SettingType<Limit?> Calls = Number("a number of calls", 1, 1_000_000);
    static readonly SettingType<Limit?> Seconds = Number("a number of seconds", 0.001, 86_400);

    static readonly SectionType<ToolLimitSettings> Tool = new("a mapping",
    [
        KeyTable<ToolLimitSettings>.Key("max_arguments", Bytes, l => l.MaxArguments, (l, v) => l with { MaxArguments = v }, null,
            "The largest arguments of a call of these tools, in bytes; by default the general limit."),
        KeyTable<ToolLimitSettings>.Key("max_result", Bytes, l => l.MaxResult, (l, v) => l with { MaxResult = v }, null,
            "The largest result of these tools, in bytes; by default the general limit."),
        KeyTable<ToolLimitSettings>.Key("rate", Calls, l => l.Rate, (l, v) => l with { Rate = v }, null,
            "The largest number of calls of each of these tools by one caller within 'rate_window'; by default the general limit."),
        KeyTable<ToolLimitSettings>.Key("timeout", Seconds, l => l.Timeout, (l, v) => l with { Timeout = v }, null,
            "The timeout of a call of these tools; by default the general limit."),
    ], Stray);

    static readonly SectionType<PluginLimitSettings> Plugin = new("a mapping",
    [
        KeyTable<PluginLimitSettings>.Key("concurrency", Calls, l => l.Concurrency, (l, v) => l with { Concurrency = v }, null,
            "The largest number of calls that run in this plugin at once; by default the general limit."),
    ], Stray);

    /// <summary>The <c>limits</c> section.</summary>
    public static SectionType<LimitSettings> All { get; } = new("a mapping",
    [
        KeyTable<LimitSettings>.Key("max_arguments", Bytes, l => l.MaxArguments, (l, v) => l with { MaxArguments = v }, "off",
            "The largest size of all arguments of a call, in bytes of JSON."),
        KeyTable<LimitSettings>.Key("max_result", Bytes, l => l.MaxResult, (l, v) => l with { MaxResult = v }, "off",
            "The largest result of a call, in bytes; a larger one is replaced by an error."),
        KeyTable<LimitSettings>.Key("rate", Calls, l => l.Rate, (l, v) => l with { Rate = v }, "off",
            "The largest number of calls of one tool by one caller within 'rate_window'; all callers without authentication count as one."),
        KeyTable<LimitSettings>.Key("rate_window", SecondsFrom(1), l => l.RateWindow, (l, v) => l with { RateWindow = v }, "60",
            "The period of 'rate'."),
        KeyTable<LimitSettings>.Key("timeout", Seconds, l => l.Timeout, (l, v) => l with { Timeout = v }, "off",
            "The timeout of a call, after which it is cancelled and answered with an error."),
        KeyTable<LimitSettings>.Key("concurrency", Calls, l => l.Concurrency, (l, v) => l with { Concurrency = v }, "off",
            "The largest number of calls that run in one plugin at once; others wait."),
        KeyTable<LimitSettings>.Key("queue", SettingTypes.Number("a whole number from 0 to 1000000", 0, 1_000_000),
            l => l.Queue, (l, v) => l with { Queue = v }, "100",
            "The largest number of calls that wait for one plugin; one more is refused."),
        KeyTable<LimitSettings>.Key("tools", new MapType<ToolLimitSettings>("a mapping from patterns of tool names to their limits", Tool),
            l => l.Tools, (l, v) => l with { Tools = v }, "{}",
            "Limits of single tools, by patterns such as 'shell_*'; the most specific pattern wins."),
        KeyTable<LimitSettings>.Key("plugins", new MapType<PluginLimitSettings>("a mapping from plugin names to their limits", Plugin),
            l => l.Plugins, (l, v) => l with { Plugins = v }, "{}",
            "Limits of single plugins."),
    ], Stray);

    static SettingType<Limit?> Number(string what, double least, double most) => new ScalarType<Limit?>(
        string.Create(CultureInfo.InvariantCulture, $"{what} from {least} to {most}, or off"),
        (YamlScalar scalar, ReadContext _, out Limit? value) =>
        {
            value = new Limit(null);
            if (scalar is { AsSwitch: false })
                return true;
            var parsed = double.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most && (least < 1 || number == Math.Floor(number)) && (!scalar.Quoted || scalar.Expanded);
            value = new Limit(number);
            return parsed;
        });
}
