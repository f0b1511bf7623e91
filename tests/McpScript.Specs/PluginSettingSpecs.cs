using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>A plugin's settings, read as what the plugin wants them to be.</summary>
public class PluginSettingSpecs
{
    const string Yaml = """
        country: NO
        zip: 01234
        version: 1.10
        chat: 12345
        commit: 1234567e8
        hex: 0x1F
        switch: on
        size: 0012
        signed: +5
        release: 2024-01-31
        list: [NO, 007, 1.50, yes]
        nested: { code: 0x0A, on: off }
        """;

    [Fact, Trait("Fault", "A22")]
    public async Task A_text_setting_is_the_written_text_without_quotes()
    {
        await using var host = await TestHost.StartAsync(("plugin/config.yaml", Yaml), ("plugin/main.csx", """
            mcp.Tool("get", "G.", () => string.Join(" ",
                new[] { "country", "zip", "version", "chat", "commit", "hex", "switch", "release", "nested.code" }.Select(key => config.Get<string>(key))));
            mcp.Tool("index", "I.", () => string.Join(" ", new[] { "country", "zip", "version", "chat", "commit", "nested.on" }.Select(key => config[key])));
            """));
        Assert.Equal("NO 01234 1.10 12345 1234567e8 0x1F on 2024-01-31 0x0A", await host.CallAsync("get"));
        Assert.Equal("NO 01234 1.10 12345 1234567e8 off", await host.CallAsync("index"));
    }

    [Fact, Trait("Fault", "A22")]
    public async Task A_number_or_a_switch_keeps_its_type()
    {
        await using var host = await TestHost.StartAsync(("plugin/config.yaml", Yaml), ("plugin/main.csx", """
            mcp.Tool("get", "G.", () => FormattableString.Invariant($"{config.Get<bool>("switch")} {config.Get<int>("size")} {config.Get<int>("hex")} ")
                + FormattableString.Invariant($"{config.Get<double>("version")} {config.Get<int>("signed")} {config.Get<bool>("nested.on")}"));
            """));
        Assert.Equal("True 12 31 1.1 5 False", await host.CallAsync("get"));
    }

    [Fact, Trait("Fault", "A22")]
    public async Task A_record_of_settings_gets_each_member_in_its_type()
    {
        await using var host = await TestHost.StartAsync(("plugin/config.yaml", Yaml), ("plugin/main.csx", """
            enum Country { NO, SE }
            record Inner(string Code, bool On);
            record Settings(Country Country, string Zip, Version Version, string Chat, string Commit, int Hex, bool Switch, long Size, string Signed,
                DateOnly Release, string[] List, Inner Nested);
            var all = config.Bind<Settings>();
            mcp.Tool("all", "A.", () => FormattableString.Invariant($"{all.Country} {all.Zip} {all.Version} {all.Chat} {all.Commit} {all.Hex} {all.Switch} ")
                + FormattableString.Invariant($"{all.Size} {all.Signed} {all.Release:O} {string.Join(",", all.List)} {all.Nested.Code} {all.Nested.On}"));
            mcp.Tool("dictionary", "D.", () => string.Join(",", config.Get<Dictionary<string, string>>("nested")!.Values));
            """));
        Assert.Equal("NO 01234 1.10 12345 1234567e8 31 True 12 +5 2024-01-31 NO,007,1.50,yes 0x0A False", await host.CallAsync("all"));
        Assert.Equal("0x0A,off", await host.CallAsync("dictionary"));
    }

    [Fact, Trait("Fault", "A22")]
    public async Task Settings_in_the_main_configuration_are_read_in_the_same_way()
    {
        var setup = new TestSetup { ConfigYaml = "plugins:\n  plugin:\n    country: NO\n    zip: 01234\n" };
        await using var host = await TestHost.StartAsync(
            setup, ("plugin.csx", """mcp.Tool("get", "G.", () => config.Get<string>("country") + config["zip"]);"""));
        Assert.Equal("NO01234", await host.CallAsync("get"));
    }

    [Fact, Trait("Fault", "A23")]
    public async Task Every_key_of_a_plugins_own_file_is_the_plugins_own()
    {
        await using var host = await TestHost.StartAsync(("notes/config.yaml", "path: /data/notes\nenabled: false\nprefix: n\n"), ("notes/main.csx", """
            mcp.Tool("all", "A.", () => $"{config["path"]} {config.Get<bool>("enabled")} {config["prefix"]}");
            """));
        Assert.Equal("/data/notes False n", await host.CallAsync("all"));
        Assert.Contains(host.Log.Lines, line => line.Contains("'path' in", StringComparison.Ordinal)
            && line.Contains("plugins.notes.path in the main configuration", StringComparison.Ordinal));
    }

    [Fact, Trait("Fault", "A23")]
    public async Task A_path_without_a_plugin_in_the_main_configuration_names_the_place_for_plugin_settings()
    {
        var setup = new TestSetup { ConfigYaml = "plugins:\n  notes:\n    path: /data/notes\n" };
        await using var host = await TestHost.StartAsync(setup, ("notes/main.csx", "mcp.Tool(\"notes\", \"N.\", () => config[\"path\"]);"));
        var problem = Assert.Single(Assert.Single(host.Registry.Failures).Problems);
        Assert.Equal("MCS206", problem.Code);
        Assert.Contains("write it into notes/config.yaml in a plugin folder", problem.Message, StringComparison.Ordinal);
    }
}
