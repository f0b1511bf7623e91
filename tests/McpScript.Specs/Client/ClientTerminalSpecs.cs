using McpScript.Testing.Processes;

namespace McpScript.Specs.Client;

/// <summary>mcp-client at the prompt, in a real terminal. What was seen there is in approved files.</summary>
[Collection<ClientServers>]
public class ClientTerminalSpecs(ClientServer server)
{
    [Fact]
    public async Task Tab_completes_and_the_up_arrow_brings_back()
    {
        await using var terminal = await StartAsync();
        await terminal.TypeAsync("gre");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("mcp> greet");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("mcp> greet name=");
        await terminal.EnterAsync("Ada");
        await terminal.WaitForEndAsync("Hello, Ada!\nmcp>");

        // The arguments of a prompt are completed by the server.
        await terminal.TypeAsync("prompt tr");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("mcp> prompt translate");
        await terminal.TypeAsync("topic=c");
        await terminal.PressAsync("Tab");
        await terminal.WaitForAsync("cats     clouds   cooking");
        await terminal.TypeAsync("a");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("topic=cats");
        await terminal.TypeAsync("to=G");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("to=German");
        await terminal.EnterAsync("tone=formal");
        await terminal.WaitForEndAsync("in a formal tone.\nmcp>");

        await terminal.TypeAsync("read med");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("mcp> read media://dot");
        await terminal.PressAsync("Enter");
        await terminal.WaitForEndAsync("bytes]\nmcp>");

        await terminal.PressAsync("Up", "Up", "Up");
        await terminal.WaitForEndAsync("mcp> greet name=Ada");
        await terminal.PressAsync("BSpace", "BSpace", "BSpace");
        await terminal.EnterAsync("Eve");
        await terminal.WaitForEndAsync("Hello, Eve!\nmcp>");
        await LeaveAsync(terminal, "tab-and-history");

        var history = server.Site["home/.mcp_proxy/client_history"];
        Assert.Contains("greet name=Eve", File.ReadAllLines(history));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(history));
    }

    [Fact]
    public async Task Arguments_are_prompted_for_by_the_schema()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("convert");
        await terminal.WaitForEndAsync("length [number] (required):");
        await terminal.EnterAsync("long");
        await terminal.WaitForAsync("It takes a number, not 'long'.");
        await terminal.WaitForEndAsync("length [number] (required):");
        await terminal.EnterAsync("10");
        await terminal.WaitForEndAsync("unit [cm|inch] (required):");
        await terminal.TypeAsync("i");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("(required): inch");
        await terminal.PressAsync("Enter");
        await terminal.WaitForEndAsync("25.4 cm\nmcp>");

        // The client prompts only for missing arguments; one with a default may be skipped.
        await terminal.EnterAsync("convert length=2");
        await terminal.WaitForEndAsync("unit [cm|inch] (required):");
        await terminal.EnterAsync("cm");
        await terminal.WaitForEndAsync("0.79 inch\nmcp>");
        await terminal.EnterAsync("light");
        await terminal.WaitForEndAsync("on [boolean] (optional) default=true:");
        await terminal.EnterAsync("off");
        await terminal.WaitForEndAsync("times [integer] (optional) default=1:");
        await terminal.PressAsync("Enter");
        await terminal.WaitForEndAsync("off x 1\nmcp>");
        await terminal.EnterAsync("read notes://{id}");
        await terminal.WaitForEndAsync("id [string] (required):");
        await terminal.EnterAsync("2");
        await terminal.WaitForEndAsync("Call Ada.\nmcp>");
        await LeaveAsync(terminal, "arguments");
    }

    [Fact]
    public async Task A_bar_shows_the_progress_of_a_call()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("bake");
        var baking = await terminal.WaitForAsync("1/3 mixing");
        server.Site.Write("baked", "");
        await terminal.WaitForEndAsync("A cake.\nmcp>");
        await LeaveAsync(terminal, "progress", $"While it bakes:\n\n{baking}\n\nAfterwards:\n\n");
    }

    [Fact]
    public async Task Requests_of_a_server_are_answered_in_the_terminal()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("book_table Noma");
        await terminal.WaitForEndAsync("guests [integer 1..12] (required):");
        await terminal.EnterAsync("40");
        await terminal.WaitForAsync("It is at most 12, not 40.");
        await terminal.WaitForEndAsync("guests [integer 1..12] (required):");
        await terminal.EnterAsync("4");
        await terminal.WaitForEndAsync("outside [boolean] (optional) default=false:");
        await terminal.PressAsync("Enter");
        await terminal.WaitForEndAsync("A table for 4 at Noma.\nmcp>");
        await terminal.EnterAsync("book_table Noma");
        await terminal.WaitForEndAsync("A table for 4 at Noma.\nmcp> book_table Noma\nThe server asks: A table at Noma: for how many? (Ctrl-D declines, "
            + "Ctrl-C cancels)\n  guests [integer 1..12] (required):");
        await terminal.PressAsync("C-d");
        await terminal.WaitForEndAsync("the user said 'decline'.\nmcp>");
        await terminal.EnterAsync("pay");
        await terminal.WaitForEndAsync("Opened? [Y/n]");
        await terminal.EnterAsync("y");
        await terminal.WaitForEndAsync("The payment page was opened.\nmcp>");
        await terminal.EnterAsync("rhyme cat");
        await terminal.WaitForEndAsync("answer:");
        await terminal.EnterAsync("hat");
        await terminal.WaitForEndAsync("cat - hat\nmcp>");
        await LeaveAsync(terminal, "questions");
    }

    [Fact]
    public async Task Changes_are_shown_as_they_arrive_and_the_typed_line_stays()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("subscribe sensor://temperature");
        await terminal.WaitForEndAsync("Subscribed to sensor://temperature\nmcp>");
        await terminal.TypeAsync("fresh");
        await terminal.WaitForEndAsync("mcp> fresh");
        server.Site.Save(
            "fresh.csx", """mcp.Tool("fresh_tool", "Added while a line is typed.", () => "fresh"); mcp.Prompt("fresh_prompt", "", () => "Hello.");""");
        await terminal.WaitForAsync("added: fresh_tool");
        await terminal.WaitForAsync("added: fresh_prompt");
        await terminal.WaitForEndAsync("mcp> fresh");
        await terminal.PressAsync("Tab");
        await terminal.WaitForEndAsync("mcp> fresh_tool");
        await terminal.PressAsync("Enter");
        await terminal.WaitForEndAsync("fresh\nmcp>");
        File.Delete(Path.Combine(server.Site.Plugins, "fresh.csx"));
        await terminal.WaitForAsync("removed: fresh_tool");
        await terminal.WaitForAsync("removed: fresh_prompt");
        await terminal.EnterAsync("heat 3");
        await terminal.WaitForAsync("Resource updated: sensor://temperature");
        await terminal.WaitForAsync("23 °C");
        // The update and the result come on two ways, in either order.
        var screen = await terminal.ScreenAsync();
        await LeaveAsync(terminal, "changes", "", text => text[..text.IndexOf("mcp> heat 3", StringComparison.Ordinal)]);
        Assert.Contains("mcp> heat 3", screen);
    }

    [Fact]
    public async Task Ctrl_C_cancels_a_call_and_exits_at_the_prompt()
    {
        await using var terminal = await StartAsync();
        await terminal.EnterAsync("wait_for_ever");
        await terminal.WaitForAsync("wait_for_ever … (Ctrl-C cancels)");
        await terminal.PressAsync("C-c");
        await terminal.WaitForEndAsync("Cancelled.\nmcp>");
        await terminal.EnterAsync("greet Ada");
        await terminal.WaitForEndAsync("Hello, Ada!\nmcp>");
        await terminal.TypeAsync("half a li");
        await terminal.WaitForEndAsync("half a li");
        await terminal.PressAsync("C-c");
        await terminal.WaitForEndAsync("half a li^C\nmcp>");
        await terminal.PressAsync("C-c");
        await terminal.WaitForEndAsync("leaves.)\nmcp>");
        await terminal.PressAsync("C-c");
        ApprovedFile.Matches("cancel", await terminal.WaitForEndAsync("[exit 0]"));
    }

    [Fact]
    public async Task A_server_that_ended_is_reported_and_can_be_started_again()
    {
        await using var terminal = await StartAsync("stdio", "--protocol", Era.Sessions, "--", BuiltProgram.Path, "-d", server.Site.Plugins, "-a", "waiting");
        await terminal.EnterAsync("die");
        await terminal.WaitForEndAsync("Connect again? [Y/n]");
        await terminal.EnterAsync("y");
        await terminal.WaitForAsync("Connected again.");
        await terminal.EnterAsync("greet Ada");
        await terminal.WaitForEndAsync("Hello, Ada!\nmcp>");
        var screen = await terminal.ScreenAsync();
        Assert.Contains("The server has ended", screen);
        Assert.Contains("its exit code was 3", screen);
        await terminal.EnterAsync("quit");
        await terminal.WaitForEndAsync("[exit 0]");
    }

    [Fact]
    public async Task The_client_reconnects_to_an_HTTP_server_that_was_unavailable()
    {
        using var site = new ProxySite(("greet.csx", """mcp.Tool("greet", "Greet a person by name.", (string name) => $"Hello, {name}!");"""));
        await using var first = await ProxyProcess.StartReadyAsync(site, "serve", "-d", site.Plugins, "--http", "0");
        var url = (await first.ReadyAsync()).Mcp!;
        await using var terminal = await StartAsync("http", $"{url}", "--protocol", Era.Sessions);
        first.Send(Signal.Kill);
        await first.ExitAsync();
        await terminal.EnterAsync("greet Ada");
        await terminal.WaitForEndAsync("Connect again? [Y/n]");
        // No other process takes the port meanwhile: the system assigns ports that were in use last.
        await using var second = await ProxyProcess.StartReadyAsync(
            site, "serve", "-d", site.Plugins, "--http", $"{url.Port}", "--health-port", "0", "--mgmt-port", "0");
        await terminal.EnterAsync("y");
        await terminal.WaitForAsync("Connected again.");
        await terminal.EnterAsync("greet Ada");
        await terminal.WaitForEndAsync("Hello, Ada!\nmcp>");
        await terminal.EnterAsync("quit");
        await terminal.WaitForEndAsync("[exit 0]");
    }

    [Fact]
    public async Task A_long_history_is_cut_to_its_last_lines()
    {
        using var site = new ProxySite();
        Directory.CreateDirectory(Path.GetDirectoryName(site["home/.mcp_proxy/client_history"])!);
        var history = site["home/.mcp_proxy/client_history"];
        await File.WriteAllLinesAsync(history, Enumerable.Range(1, 2500).Select(number => $"greet name=Ada{number}"));
        await using var terminal = await StartAsync(site, "http", server.Url);
        await terminal.PressAsync("Up");
        await terminal.WaitForEndAsync("mcp> greet name=Ada2500");
        await terminal.PressAsync("Enter");
        await terminal.WaitForEndAsync("Hello, Ada2500!\nmcp>");
        await terminal.EnterAsync("quit");
        await terminal.WaitForEndAsync("[exit 0]");
        var lines = await File.ReadAllLinesAsync(history);
        Assert.Equal((true, "greet name=Ada1501"), (lines.Length <= 1002, lines[0]));
    }

    Task<TmuxTerminal> StartAsync(params string[] arguments) => StartAsync(server.Site, arguments.Length > 0 ? arguments : ["http", server.Url]);

    static async Task<TmuxTerminal> StartAsync(ProxySite site, params string[] arguments)
    {
        Assert.SkipWhen(TmuxTerminal.Missing is not null, TmuxTerminal.Missing ?? "");
        var terminal = await TmuxTerminal.StartAsync(site, BuiltProgram.Client, arguments);
        await terminal.WaitForEndAsync("Type 'help' for commands.\nmcp>");
        return terminal;
    }

    static async Task LeaveAsync(TmuxTerminal terminal, string approved, string before = "", Func<string, string>? part = null)
    {
        await terminal.EnterAsync("quit");
        var screen = await terminal.WaitForEndAsync("[exit 0]");
        ApprovedFile.Matches(approved, before + (part ?? (text => text))(screen));
    }
}
