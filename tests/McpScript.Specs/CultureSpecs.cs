using McpScript.Specs.Processes;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs;

/// <summary>Plugins have real cultures; the host's own texts do not depend on any.</summary>
public class CultureSpecs
{
    const string Cultures = """
        using System.Globalization;
        var atRegister = $"{CultureInfo.CurrentCulture.Name}/{CultureInfo.CurrentUICulture.Name}";
        mcp.Tool("money", "Formats.", (string culture) => 1234.5m.ToString("C", CultureInfo.GetCultureInfo(culture)));
        mcp.Tool("order", "Sorts.", () => string.Join(",", new[] { "b", "A", "a", "B" }.Order()));
        mcp.Tool("zone", "Finds.", () => TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time").HasIanaId + " "
            + TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time").BaseUtcOffset);
        mcp.Tool("upper", "Upper case.", (string culture) => "i".ToUpper(CultureInfo.GetCultureInfo(culture)));
        mcp.Tool("current", "Tells.", async () =>
        {
            await Task.Yield();
            var inThread = "";
            var thread = new Thread(() => inThread = CultureInfo.CurrentCulture.Name);
            thread.Start();
            thread.Join();
            return $"{atRegister} {CultureInfo.CurrentCulture.Name}/{CultureInfo.CurrentUICulture.Name} {inThread} {1.5}";
        });
        mcp.Command("culture", "Tells.", proxy => CultureInfo.CurrentCulture.Name + $" {1.5}");
        """;

    [Fact, Trait("Fault", "A0")]
    public async Task Plugins_have_real_cultures_sorting_and_time_zones()
    {
        await using var host = await TestHost.StartAsync(("cult.csx", Cultures));
        Assert.Equal("$1,234.50", await host.CallAsync("money", new { culture = "en-US" }));
        Assert.Equal("1.234,50 €", (await host.CallAsync("money", new { culture = "de-DE" })).Replace("\u00a0", " "));
        Assert.Equal("a,A,b,B", await host.CallAsync("order"));
        Assert.Equal("False 01:00:00", await host.CallAsync("zone"));
        Assert.Equal("İ", await host.CallAsync("upper", new { culture = "tr-TR" }));
        Assert.Equal("/ /  1.5", await host.CallAsync("current"));
        Assert.DoesNotContain("Invariant globalization mode", host.Log.Text);
    }

    [Fact, Trait("Fault", "A0")]
    public async Task The_configuration_can_name_the_culture_of_plugins_and_only_of_plugins()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { ConfigYaml = "culture: de-DE\nregister_timeout: 1.5\n" }, ("cult.csx", Cultures), ("slow.csx", "await Task.Delay(-1);"));
        Assert.Equal("de-DE/de-DE de-DE/de-DE de-DE 1,5", await host.CallAsync("current"));
        Assert.Equal("de-DE 1,5",
            (await host.Server.Operations.RunCommandAsync("culture", new Dictionary<string, System.Text.Json.JsonElement>(), CancellationToken.None)).Result);
        Assert.Contains("did not finish within 1.5 s", host.StatusOf("slow").Problems.Single().Message);
        Assert.NotEqual("de-DE", System.Globalization.CultureInfo.CurrentCulture.Name);
    }

    [Fact, Trait("Fault", "A0")]
    public async Task An_unknown_culture_is_an_error_at_start()
    {
        var refused = await Assert.ThrowsAsync<McpScript.Configuration.ConfigurationException>(
            () => TestHost.StartAsync(new TestSetup { ConfigYaml = "culture: xx-Nowhere\n" }));
        Assert.Contains("the name of a culture, such as de-DE", refused.Message);
    }

    // Names of the host's own are sorted by their code points, whatever the culture is. In ICU's order these would be a, A, b, B; in Turkish, I is not i.
    [Theory, Trait("Fault", "A0")]
    [InlineData("invariant")]
    [InlineData("tr-TR")]
    public async Task Lists_and_names_do_not_depend_on_the_culture(string culture)
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { ConfigYaml = $"culture: {culture}\nplugins:\n  INFO: {{ answer: 'yes' }}\n" },
            ("info.csx", "foreach (var name in new[] { \"b_2\", \"B_1\", \"a_2\", \"A_1\" }) mcp.Tool(name, name, () => config[\"answer\"]);"));
        Assert.Equal(["A_1", "B_1", "a_2", "b_2"], (await host.ToolsAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(host.Registry.AllTools, await host.ToolsAsync());
        Assert.Equal("yes", await host.CallAsync("a_2"));
    }

    [Fact, Trait("Fault", "A0")]
    public async Task Without_ICU_the_program_ends_with_the_error_of_NET_and_in_invariant_mode_it_warns()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        // .NET then requires an ICU of its own beside the program, which is not there: the same as a machine without libicu.
        site.Environment["DOTNET_SYSTEM_GLOBALIZATION_APPLOCALICU"] = "99.9";
        await using (var refused = ProxyProcess.Start(site, "serve"))
        {
            Assert.NotEqual(0, await refused.ExitAsync());
            Assert.Contains("ICU", refused.Errors.Text);
            Assert.Empty(refused.Output.Lines);
        }
        site.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        await using var proxy = await ProxyProcess.StartReadyAsync(site, "serve");
        await proxy.InitializeAsync();
        Assert.Equal("hello", await proxy.CallAsync("1", "say"));
        Assert.Single(proxy.Errors.Lines,
            line => line.Contains("Invariant globalization mode is on (DOTNET_SYSTEM_GLOBALIZATION_INVARIANT): plugins have no cultures such as en-US"));
    }

    [Fact, Trait("Fault", "A0")]
    public async Task In_invariant_mode_a_culture_of_the_configuration_is_refused_with_the_reason()
    {
        using var site = new ProxySite(("say.csx", Say.Script("hello")));
        site.Write("mcp.yaml", "culture: de-DE\n");
        site.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        await using var proxy = ProxyProcess.Start(site, "serve", "-c", "mcp.yaml");
        Assert.Equal(2, await proxy.ExitAsync());
        Assert.Contains("this process has no cultures: DOTNET_SYSTEM_GLOBALIZATION_INVARIANT is set", proxy.Errors.Text);
    }
}
