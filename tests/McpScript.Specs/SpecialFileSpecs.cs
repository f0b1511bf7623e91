using System.Net.Sockets;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Named pipes, sockets and devices in a plugin folder: nothing waits for them, and watching goes on.</summary>
public class SpecialFileSpecs
{
    const string Tool = "mcp.Tool(\"work\", \"Works.\", () => \"{0}\");";

    static string Work(string answer) => Tool.Replace("{0}", answer, StringComparison.Ordinal);

    public static TheoryData<string> Places => new()
    {
        "pipe.csx", "pipe.dll", "pipe/main.csx", "pipe/pipe.dll", "work/config.yaml", "packages.lock.json", "_part.csx", "folder/Pipe.cs", "loads/part.csx",
    };

    [Theory, MemberData(nameof(Places)), Trait("Fault", "A21")]
    public async Task A_named_pipe_in_the_plugin_folder_ends_neither_the_start_nor_the_watching(string place)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes stand in the file system on Unix only.");
        var setup = new TestSetup { Prepare = folder => NamedPipe.Create(folder[place]) };
        await using var host = await TestHost.StartAsync(
            setup, ("work.csx", Work("one")), ("folder/main.csx", "mcp.Tool(\"folder\", \"F.\", () => 1);"),
            ("loads.csx", "#load \"loads/part.csx\"\nmcp.Tool(\"loads\", \"L.\", () => 1);"));
        if (place == "work/config.yaml")
        {
            Assert.Contains(host.Registry.Failures, failure => failure.Reference.Name == "work"
                && failure.Problems.Any(problem => problem.Message.Contains("named pipe", StringComparison.Ordinal)));
            await host.ChangeAsync("work", () => File.Delete(host.Folder[place]), result => result.Ok);
        }
        Assert.Equal("one", await host.CallAsync("work"));
        await host.SaveAsync("work.csx", Work("two"));
        Assert.Equal("two", await host.CallAsync("work"));
    }

    [Fact, Trait("Fault", "A21")]
    public async Task A_pipe_or_socket_that_appears_while_watching_is_a_problem_until_it_is_deleted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes stand in the file system on Unix only.");
        await using var host = await TestHost.StartAsync(("work.csx", Work("one")));
        var failed = await host.ChangeAsync("pipe", () => NamedPipe.Create(host.Folder["pipe.csx"]));
        Assert.Contains("named pipe", Assert.Single(failed.Problems).Message, StringComparison.Ordinal);
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            var refused = await host.ChangeAsync("listening", () => socket.Bind(new UnixDomainSocketEndPoint(host.Folder["listening.csx"])));
            Assert.Contains("socket", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        }
        await host.SaveAsync("work.csx", Work("two"));
        Assert.Equal("two", await host.CallAsync("work"));
        host.Folder.Delete("pipe.csx");
        await TestHost.UntilAsync(() => host.Registry.Failures.All(failure => failure.Reference.Name != "pipe"), "the problem is gone with the pipe");
    }

    [Fact, Trait("Fault", "A21")]
    public async Task A_folder_in_place_of_a_settings_file_is_a_problem_until_it_is_deleted()
    {
        await using var host = await TestHost.StartAsync(
            new TestSetup { Prepare = folder => Directory.CreateDirectory(folder["work/config.yaml"]) }, ("work.csx", Work("one")));
        var problem = Assert.Single(host.Registry.Failures.Single(failure => failure.Reference.Name == "work").Problems);
        Assert.Contains("the file cannot be read", problem.Message, StringComparison.Ordinal);
        await host.ChangeAsync("work", () => Directory.Delete(host.Folder["work/config.yaml"]), result => result.Ok);
        Assert.Equal("one", await host.CallAsync("work"));
    }
}
