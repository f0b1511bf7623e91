using System.Text;
using System.Text.Json;
using McpScript.Packages;
using McpScript.Sources;

namespace McpScript.Core.Tests.Sources;

public class DependencyFileTests
{
    static DependencyFile Parse(string libraries) => DependencyFile.Parse(Encoding.UTF8.GetBytes($$"""
        { "runtimeTarget": { "name": "here" }, "targets": { "elsewhere": {}, "here": { {{libraries}} } } }
        """), "/plugin");

    [Fact]
    public void An_assembly_is_searched_where_the_file_says_and_then_beside_it()
    {
        var file = Parse("""
            "A/1.0.0": { "runtime": { "lib/net10.0/A.dll": {} } }, "B/1.0.0": { "runtime": { "lib/net8.0/B.dll": { "localPath": "x/B.dll" } } }, "C/1.0.0": {}
            """);
        Assert.Equal(["/plugin/lib/net10.0/A.dll", "/plugin/A.dll"], file.Assemblies["a"]);
        Assert.Equal(["/plugin/x/B.dll", "/plugin/lib/net8.0/B.dll", "/plugin/B.dll"], file.Assemblies["B"]);
        Assert.Empty(file.NativeLibraries);
    }

    [Fact]
    public void Assets_for_this_machine_take_precedence_and_those_for_others_are_left_out()
    {
        var (best, good) = (RuntimeNames.Here[0], RuntimeNames.Here[1]);
        var file = Parse($$"""
            "A/1.0.0": { "runtime": { "lib/net10.0/A.dll": {} }, "runtimeTargets": {
              "runtimes/{{best}}/lib/net10.0/A.dll": { "rid": "{{best}}", "assetType": "runtime" },
              "runtimes/{{good}}/lib/net10.0/A.dll": { "rid": "{{good}}", "assetType": "runtime" },
              "runtimes/{{best}}/native/a.so": { "rid": "{{best}}", "assetType": "native" },
              "runtimes/solaris/native/b.so": { "rid": "solaris", "assetType": "native" } } }
            """);
        Assert.Equal($"/plugin/runtimes/{best}/lib/net10.0/A.dll", file.Assemblies["A"][0]);
        Assert.Equal(["a.so"], file.NativeLibraries.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "targets": 1 }""")]
    [InlineData("""{ "targets": {} }""")]
    [InlineData("""{ "targets": { "here": { "A/1": { "runtime": [] } } } }""")]
    [InlineData("""{ "targets": { "here": { "A/1": { "runtimeTargets": { "a.so": { "rid": 1 } } } } } }""")]
    public void A_file_in_another_format_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => DependencyFile.Parse(Encoding.UTF8.GetBytes(text), "/plugin"));

    [Fact]
    public void The_names_of_a_machine_go_from_the_best_to_any()
    {
        Assert.Equal(["linux-x64", "linux", "unix-x64", "unix", "any"], RuntimeNames.Of("linux", "x64", isMusl: false));
        Assert.Equal(["linux-musl-arm64", "linux-musl", "linux-arm64", "linux", "unix-arm64", "unix", "any"], RuntimeNames.Of("linux", "arm64", isMusl: true));
        Assert.Equal(["win-x64", "win", "any"], RuntimeNames.Of("win", "x64", isMusl: false));
    }
}
