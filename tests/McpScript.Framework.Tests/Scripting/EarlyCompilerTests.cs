using McpScript.Model;
using McpScript.Scripting.Compilation;

namespace McpScript.Framework.Tests.Scripting;

public sealed class EarlyCompilerTests : IDisposable
{
    readonly ScriptFolder _folder = new();
    readonly CountingCompiler _counting = new(new ScriptCompiler());
    readonly EarlyCompiler _compiler;

    public EarlyCompilerTests()
    {
        _compiler = new(_counting);
        _folder.Write("echo.csx", """mcp.Tool("echo", "", () => "old");""");
    }

    public void Dispose() => _folder.Dispose();

    PluginImage Compile() => _compiler.Compile(_folder.Location("echo.csx"), CancellationToken.None);

    [Fact]
    public async Task What_was_begun_is_taken_once_if_nothing_has_changed_since()
    {
        _compiler.Begin(_folder.Location("echo.csx"));
        using var script = await RunningScript.RunAsync(Compile());
        Assert.Equal("old", script.Call("echo"));
        Assert.Equal(1, _counting.Compilations);
        Compile();
        Assert.Equal(2, _counting.Compilations);
    }

    [Fact]
    public async Task What_was_begun_too_early_is_compiled_again()
    {
        _folder.Write("echo.csx", "mcp.Tool(\"echo\", \"\", () => \"ha");
        _compiler.Begin(_folder.Location("echo.csx"));
        // Begun means read; only then is it too early.
        while (_counting.Compilations == 0)
            await Task.Yield();
        _folder.Write("echo.csx", """mcp.Tool("echo", "", () => "half and half");""");
        using var script = await RunningScript.RunAsync(Compile());
        Assert.Equal("half and half", script.Call("echo"));
    }
}
