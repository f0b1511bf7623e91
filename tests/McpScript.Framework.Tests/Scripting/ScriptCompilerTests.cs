using System.Text;
using McpScript.FileSystem;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;

namespace McpScript.Framework.Tests.Scripting;

public sealed class ScriptCompilerTests : IDisposable
{
    readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_registers_a_tool_that_runs()
    {
        using var script = await RunAsync("""mcp.Tool("echo", "Echo a text.", (string text) => text);""");
        Assert.Equal("hello", script.Call("echo", "hello"));
    }

    [Fact]
    public async Task A_script_sees_its_settings()
    {
        using var script = await RunAsync("""var size = config.Get<int>("size"); mcp.Tool("size", "", () => size);""");
        Assert.Equal(3, script.Call("size"));
    }

    [Fact]
    public async Task Registration_may_await()
    {
        using var script = await RunAsync("""await Task.Yield(); var text = await Task.FromResult("late"); mcp.Tool("t", "", () => text);""");
        Assert.Equal("late", script.Call("t"));
    }

    [Fact]
    public async Task Records_methods_async_lambdas_dynamic_and_patterns_work()
    {
        using var script = await RunAsync("""
            record Point(int X, int Y) { public required string Name { get; init; } }
            static int Twice(int n) => n * 2;
            int _count;
            int Next() => ++_count;
            mcp.Tool("point", "", (int x) => new Point(x, Twice(x)) { Name = "p" });
            mcp.Tool("wait", "", async (int n, CancellationToken ct) => { await Task.Delay(0, ct); return n switch { < 0 => "less", _ => "more" }; });
            mcp.Tool("dynamic", "", (object o) => { dynamic d = o; return (int)d.Length; });
            mcp.Tool("next", "", Next);
            mcp.Tool("json", "", () => JsonSerializer.Serialize(new[] { 1, 2 }.Where(n => n > 1).ToList()));
            unsafe int Size() => sizeof(long);
            mcp.Tool("size", "", Size);
            """);

        Assert.Equal("Point { X = 2, Y = 4, Name = p }", script.Call("point", 2)!.ToString());
        Assert.Equal("more", await (Task<string>)script.Call("wait", 1, CancellationToken.None)!);
        Assert.Equal(5, script.Call("dynamic", "12345"));
        Assert.Equal(1, script.Call("next"));
        Assert.Equal(2, script.Call("next"));
        Assert.Equal("[2]", script.Call("json"));
        Assert.Equal(8, script.Call("size"));
    }

    [Fact]
    public async Task Attributes_of_methods_and_classes_are_there_at_run_time()
    {
        using var script = await RunAsync("""
            [McpServerTool(Name = "add")]
            int add([Description("First.")] int a, int b) => a + b;

            [McpServerToolType]
            class Tools
            {
                [McpServerTool, Description("Subtracts.")]
                public static int sub(int a, int b) => a - b;
            }
            """);

        var names = script.Assembly.GetTypes().SelectMany(type => type.GetMethods((System.Reflection.BindingFlags)62))
            .Where(method => method.IsDefined(typeof(ModelContextProtocol.Server.McpServerToolAttribute), false)).Select(method => method.Name);
        Assert.Equal(["add", "sub"], names.Order());
        Assert.Contains(script.Assembly.GetTypes(), type => type.IsDefined(typeof(ModelContextProtocol.Server.McpServerToolTypeAttribute), false));
    }

    [Fact]
    public async Task A_stack_trace_names_the_file_and_the_line()
    {
        using var script = await RunAsync("""
            // one
            mcp.Tool("fail", "", () =>
                { throw new InvalidOperationException("no"); });
            """);
        var error = Assert.Throws<InvalidOperationException>(() => script.Call("fail"));
        Assert.Contains($"{_folder["echo.csx"]}:line 3", error.StackTrace);
    }

    [Fact]
    public async Task A_stack_trace_names_the_line_in_a_loaded_file()
    {
        _folder.Write("lib/_fail.csx", "// one\n\nint Fail() =>\n    throw new InvalidOperationException();\n");
        using var script = await RunAsync("#load \"lib/_fail.csx\"\nmcp.Tool(\"fail\", \"\", Fail);");
        var error = Assert.Throws<InvalidOperationException>(() => script.Call("fail"));
        Assert.Contains($"{_folder["lib/_fail.csx"]}:line 4", error.StackTrace);
    }

    [Fact]
    public async Task Loaded_files_load_others_relative_to_themselves()
    {
        _folder.Write("lib/_a.csx", "#load \"deep/_b.csx\"\nstring A() => B() + \"a\";");
        _folder.Write("lib/deep/_b.csx", "#load \"../_c.csx\"\nstring B() => C() + \"b\";");
        _folder.Write("lib/_c.csx", "using System.Xml;\nstring C() => \"c\";");
        using var script = await RunAsync("#load \"lib/_a.csx\"\n#load \"./lib/_c.csx\"\nmcp.Tool(\"t\", \"\", A);");
        Assert.Equal("cba", script.Call("t"));
    }

    [Fact]
    public async Task Loaded_files_may_load_each_other()
    {
        _folder.Write("_a.csx", "#load \"_b.csx\"\nstring A() => \"a\";");
        _folder.Write("_b.csx", "#load \"_a.csx\"\nstring B() => A();");
        using var script = await RunAsync("#load \"_a.csx\"\nmcp.Tool(\"t\", \"\", B);");
        Assert.Equal("a", script.Call("t"));
    }

    [Fact]
    public async Task A_script_that_only_loads_others_is_valid()
    {
        _folder.Write("_a.csx", """mcp.Tool("a", "", () => "a");""");
        using var script = await RunAsync("#load \"_a.csx\"");
        Assert.Equal("a", script.Call("a"));
    }

    [Fact]
    public void Every_file_is_named_with_the_hash_of_what_was_compiled()
    {
        var text = "#load \"_a.csx\"\nint x = 1;";
        var a = _folder.Write("_a.csx", "int a = 1;");
        var files = _folder.CompileText(text).Files;
        Assert.Equal([SourceFile.Of(_folder["echo.csx"], Encoding.UTF8.GetBytes(text)), SourceFile.Read(a)], files);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_is_not_part_of_the_text(string encoding)
    {
        var code = Encoding.GetEncoding(encoding);
        _folder.Write("echo.csx", [.. code.GetPreamble(), .. code.GetBytes("""mcp.Tool("t", "", () => "äß€");""")]);
        using var script = await RunningScript.RunAsync(_folder.Compile("echo.csx"));
        Assert.Equal("äß€", script.Call("t"));
    }

    [Fact]
    public void The_same_text_makes_the_same_bytes()
    {
        var first = _folder.CompileText("int x = 1;");
        Assert.Equal(first.Assembly, _folder.CompileText("int x = 1;").Assembly);
        Assert.NotEqual(first.Assembly, _folder.CompileText("int x = 2;").Assembly);
    }

    [Fact]
    public void Experimental_and_deprecated_parts_of_the_SDK_are_not_errors()
    {
        _folder.CompileText("""
            string? maybe = null;
            mcp.Tool("t", "", (McpServer server, CancellationToken ct) => server.SampleAsync([new ChatMessage(ChatRole.User, "x")], cancellationToken: ct)
                .ToString() + maybe.Length);
            mcp.Tool("i", "", (McpServer server) => server.WithOutgoingRequestInterceptor((method, parameters, ct) => new(parameters)).ToString());
            """);
    }

    [Fact]
    public void Common_type_names_are_not_ambiguous()
    {
        _folder.CompileText("""
            var timer = new Timer(_ => { });
            var path = Path.Combine(Path.GetTempPath(), "x");
            if (File.Exists(path)) File.Delete(path);
            var tool = new Tool { Name = "x" };
            Task task = Task.Run(() => { });
            var text = new StringBuilder().Append(Encoding.UTF8.GetString([1]));
            var http = new HttpClient();
            var element = JsonSerializer.SerializeToElement(1);
            var role = Role.User;
            var message = new ChatMessage(ChatRole.User, "x");
            ContentBlock block = new TextContentBlock { Text = "x" };
            var level = LogLevel.Information;
            mcp.Services.AddSingleton(TimeProvider.System);
            mcp.Logger.LogInformation("x");
            Lock gate = new();
            Range range = 1..2;
            Index index = ^1;
            var options = new JsonSerializerOptions();
            throw new McpException("x");
            """);
    }

    [Fact]
    public void No_two_default_usings_contain_the_same_name()
    {
        var usings = ScriptCompilation.Usings.ToHashSet();
        var twice = HostReferences.All
            .Select(reference => System.Reflection.Assembly.Load(System.Reflection.AssemblyName.GetAssemblyName(reference.FilePath!)))
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsNested && type.Namespace is not null && usings.Contains(type.Namespace))
            .Distinct()
            .GroupBy(type => type.Name)
            .Where(types => types.Select(type => type.Namespace).Distinct().Count() > 1)
            .Select(types => string.Join(" / ", types.Select(type => type.FullName).Order()));
        Assert.Empty(twice);
    }

    [Fact]
    public async Task Compilations_may_run_side_by_side()
    {
        var names = Enumerable.Range(0, 12).Select(n => $"p{n}.csx").ToList();
        _folder.Write("_shared.csx", "string Shared() => \"s\";");
        foreach (var name in names)
            _folder.Write(name, $"#load \"_shared.csx\"\nmcp.Tool(\"t\", \"\", () => Shared() + \"{name}\");");
        await Parallel.ForEachAsync(names, async (name, cancellationToken) =>
        {
            using var script = await RunningScript.RunAsync(_folder.Compile(name, cancellationToken));
            Assert.Equal($"s{name}", script.Call("t"));
        });
    }

    [Fact]
    public void Cancellation_ends_a_compilation()
    {
        _folder.Write("echo.csx", "int x = 1;");
        Assert.ThrowsAny<OperationCanceledException>(() => _folder.Compile("echo.csx", new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task The_warm_up_compiles_a_script() => await new ScriptCompiler().WarmUpAsync();

    [Fact]
    public async Task The_framework_is_visible_and_the_internals_of_the_host_are_not()
    {
        using var script = await RunAsync("""mcp.Tool("t", "", () => new System.Xml.Linq.XElement("x").ToString());""");
        Assert.Equal("<x />", script.Call("t"));
        foreach (var name in new[] { "YamlDotNet.Serialization.Deserializer", "Serilog.Log", "Microsoft.CodeAnalysis.SyntaxTree",
            "McpScript.Model.AssemblyImage", "Microsoft.AspNetCore.Http.HttpContext" })
            Assert.All(_folder.FailText($"var t = typeof({name});").Problems, problem => Assert.StartsWith("CS0", problem.Code));
    }

    async Task<RunningScript> RunAsync(string text) => await RunningScript.RunAsync(_folder.CompileText(text));
}
