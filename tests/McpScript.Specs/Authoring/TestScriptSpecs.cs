using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Authoring;

/// <summary><c>mcp-proxy test</c>: plain assertions on a plugin's logic, without an SDK.</summary>
public sealed class TestScriptSpecs : IDisposable
{
    readonly ProxySite _site = new();

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Every_failed_assertion_is_reported_with_its_location_and_the_exit_code_is_1()
    {
        _site.Write("plugins/sums/tools.csx", """
            int Add(int a, int b) => a - b;
            int Divide(int a, int b) => a / b;
            int Unlucky() => throw new InvalidOperationException("no luck");
            """);
        _site.Write("plugins/sums/main.csx", "#load \"tools.csx\"\nmcp.Tool(\"add\", \"Adds.\", (int a, int b) => Add(a, b));");
        var test = _site.Write("plugins/sums/sums.test.csx", """
            #load "tools.csx"
            assert.Equal(0, Add(2, 2));
            assert.Equal(3, Add(1, 2));
            assert.True(Add(1, 1) > 0);
            assert.Equal(new[] { 1, 2 }, new List<int> { 1, 2, 3 });
            assert.Throws<DivideByZeroException>(() => Divide(1, 0));
            assert.Throws<ArgumentException>(() => Divide(1, 0));
            assert.Contains("x", "abc");
            await assert.ThrowsAsync<Exception>(() => Task.CompletedTask);
            Unlucky();
            """);
        Assert.Equal(new(1, $"""
            FAILED sums/sums.test.csx
              {test}(3): Add(1, 2) is -1, expected 3.
              {test}(4): Add(1, 1) > 0 is false, expected true.
              {test}(5): new List<int> {"{ 1, 2, 3 }"} is [1, 2, 3], expected [1, 2].
              {test}(7): () => Divide(1, 0) threw DivideByZeroException: Attempted to divide by zero., expected ArgumentException.
              {test}(8): "abc" is "abc", expected a text with "x" in it.
              {test}(9): () => Task.CompletedTask threw nothing, expected Exception.
              {_site["plugins/sums/tools.csx"]}(3): InvalidOperationException: no luck
            1 test script, 8 assertions, 7 failed
            """, ""), await _site.RunAsync("test"));
    }

    [Fact]
    public async Task A_test_that_does_not_compile_or_asserts_nothing_has_failed()
    {
        var broken = _site.Write("plugins/broken.test.csx", "assert.Equal(1, missing);");
        var idle = _site.Write("plugins/idle.test.csx", "var x = 1;");
        Assert.Equal(new(1, $"""
            FAILED broken.test.csx
              {broken}(1): error CS0103: The name 'missing' does not exist in the current context
            FAILED idle.test.csx
              {idle}: The test has no assertion. Add one, such as: assert.Equal(3, Add(1, 2));
            2 test scripts, 0 assertions, 2 failed
            """, ""), await _site.RunAsync("test"));
        Assert.Equal(1, (await _site.RunAsync("test", "absent")).Code);
        Assert.Equal(2, (await _site.RunAsync("test", "-d", "nowhere")).Code);
    }

    [Fact]
    public async Task Test_scripts_are_not_plugins_and_saving_one_reloads_nothing()
    {
        const string main = """mcp.Tool("sums", "Sums.", () => 1);""";
        await using var host = await TestHost.StartAsync(
            ("sums/main.csx", main), ("sums/sums.test.csx", "assert.True(true);"), ("other.test.csx", "assert.True(true);"),
            ("tests/x.test.csx", "assert.True(true);"));
        Assert.Equal(["sums"], host.Registry.Plugins.Select(plugin => plugin.Name));
        Assert.Empty(host.Registry.Failures);
        Assert.Empty(await host.ScanAfterAsync(() =>
        {
            host.Folder.Write("sums/sums.test.csx", "assert.True(false);");
            host.Folder.Write("other.test.csx", "assert.True(false);");
        }));
    }
}
