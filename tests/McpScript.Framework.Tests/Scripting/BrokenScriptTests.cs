using System.Text;
using McpScript.FileSystem;
using McpScript.Model;

namespace McpScript.Framework.Tests.Scripting;

public sealed class BrokenScriptTests : IDisposable
{
    readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""mcp.Tool("e", "", (string text) => texxt);""", "CS0103", 1, 36)]
    [InlineData("int x = ;", "CS1525", 1, 9)]
    [InlineData("int x = \"a\";", "CS0029", 1, 9)]
    [InlineData("\nvoid f() { return 1; }", "CS0127", 2, 12)]
    [InlineData("mcp.Toool(\"x\");", "CS1061", 1, 5)]
    [InlineData("using No.Such.Thing;\nint x = 1;", "CS0246", 1, 7)]
    [InlineData("namespace A { class B { } }", "CS7021", 1, 1)]
    [InlineData("int x = 1;\n#load \"_a.csx\"", "CS8098", 2, 2)]
    [InlineData("int f() => 1;\nint f() => 2;", "CS0111", 2, 5)]
    [InlineData("static int f() => mcp.GetHashCode();", "CS0120", 1, 19)]
    [InlineData("#load", "CS7010", 1, 6)]
    [InlineData("class A : System.IDisposable { }", "CS0535", 1, 11)]
    [InlineData("string s = \"abc", "CS1010", 1, 12)]
    [InlineData("#error broken on purpose", "CS1029", 1, 8)]
    public void An_error_has_its_code_and_place_and_line(string text, string code, int line, int column)
    {
        var error = _folder.FailText(text);
        Assert.Equal(PluginStage.Compile, error.Stage);
        Assert.Equal(new PluginReference("echo"), error.Reference);
        var problem = error.Problems[0];
        Assert.Equal((code, _folder["echo.csx"], line, column), (problem.Code, problem.File, problem.Line, problem.Column));
        Assert.Equal(text.Split('\n')[line - 1], problem.SourceLine);
        Assert.Equal([SourceFile.Read(_folder["echo.csx"])], error.Files);
    }

    [Fact]
    public void An_error_in_a_loaded_file_is_reported_there()
    {
        var path = _folder.Write("lib/_a.csx", "// one\nint a = b;\n");
        var error = _folder.FailText("#load \"lib/_a.csx\"\nint x = 1;");
        Assert.Equal($"{path}(2,9): error CS0103: The name 'b' does not exist in the current context", Assert.Single(error.Problems).ToString());
        Assert.Equal("int a = b;", error.Problems[0].SourceLine);
        Assert.Equal([SourceFile.Read(_folder["echo.csx"]), SourceFile.Read(path)], error.Files);
    }

    [Fact]
    public void A_line_directive_is_followed()
    {
        var problem = Assert.Single(_folder.FailText("#line 50 \"echo.template\"\nint a = b;").Problems);
        Assert.Equal((_folder["echo.template"], 50, 9, "int a = b;"), (problem.File, problem.Line, problem.Column, problem.SourceLine));
    }

    [Fact]
    public void All_errors_are_reported_with_those_of_the_script_first()
    {
        _folder.Write("_a.csx", "int a = b1;");
        var error = _folder.FailText("#load \"_a.csx\"\nint x = b2;\nint y = b3;");
        Assert.Equal(["b2", "b3", "b1"], error.Problems.Select(problem => problem.Message.Split('\'')[1]));
    }

    [Fact]
    public void The_first_twenty_of_many_errors_are_reported()
    {
        var error = _folder.FailText(string.Join('\n', Enumerable.Range(0, 25).Select(n => $"int x{n} = y{n};")));
        Assert.Equal(21, error.Problems.Length);
        Assert.Contains("'y19'", error.Problems[19].Message);
        Assert.Equal("… and 5 more errors. Fix the first ones; the others may follow from them.", error.Problems[20].ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("// nothing here\n")]
    [InlineData("/* nor\n here */\n#nullable enable\nusing System.Xml;")]
    public void A_script_without_code_registers_nothing(string text)
    {
        var problem = Assert.Single(_folder.FailText(text).Problems);
        Assert.Equal("MCS103", problem.Code);
        Assert.StartsWith("The script registers nothing", problem.Message);
        Assert.Equal(_folder["echo.csx"], problem.File);
    }

    [Fact]
    public void A_deleted_script_is_watched_for()
    {
        var error = Assert.Throws<PluginLoadException>(() => _folder.Compile("gone.csx"));
        Assert.Equal("MCS101", Assert.Single(error.Problems).Code);
        Assert.Equal([SourceFile.Missing(_folder["gone.csx"])], error.Files);
    }

    [Fact]
    public void A_missing_loaded_file_is_reported_at_its_line_and_watched_for()
    {
        var error = _folder.FailText("// one\n#load \"lib/gone.csx\"\nGone();");
        var problem = Assert.Single(error.Problems);   // and not that Gone() is not there
        Assert.Equal(("MCS101", 2, 7, "#load \"lib/gone.csx\""), (problem.Code, problem.Line, problem.Column, problem.SourceLine));
        Assert.Contains(_folder["lib/gone.csx"], problem.Message);
        Assert.Contains(SourceFile.Missing(_folder["lib/gone.csx"]), error.Files);
    }

    [Fact]
    public void Syntax_errors_are_reported_together_with_missing_files()
    {
        var codes = _folder.FailText("#load \"gone.csx\"\n#load \"gone2.csx\"\nint x = ;").Problems.Select(problem => problem.Code);
        Assert.Equal(["MCS101", "MCS101", "CS1525"], codes);
    }

    [Fact]
    public void A_folder_cannot_be_loaded()
    {
        Directory.CreateDirectory(_folder["lib"]);
        Assert.Equal("MCS101", Assert.Single(_folder.FailText("#load \"lib\"").Problems).Code);
    }

    [Fact]
    public void A_script_cannot_load_itself()
    {
        Assert.Equal("MCS104", Assert.Single(_folder.FailText("#load \"echo.csx\"\nint x = 1;").Problems).Code);
    }

    [Fact]
    public void A_script_cannot_load_itself_through_another()
    {
        var other = _folder.Write("_a.csx", "#load \"./echo.csx\"\nint a = 1;");
        var problem = Assert.Single(_folder.FailText("#load \"_a.csx\"\nint x = 1;").Problems);
        Assert.Equal(("MCS104", other, 1), (problem.Code, problem.File, problem.Line));
    }

    [Fact]
    public void Invalid_UTF8_is_one_clear_problem()
    {
        _folder.Write("echo.csx", [.. "// one\nvar s = \"gr"u8, 0xFC, .. "n\";"u8]);
        var problem = Assert.Single(Assert.Throws<PluginLoadException>(() => _folder.Compile("echo.csx")).Problems);
        Assert.Equal(("MCS102", 2, 12), (problem.Code, problem.Line, problem.Column));
        Assert.Equal("'echo.csx' is not a text file: it holds bytes that are not UTF-8. Save it as UTF-8.", problem.Message);
    }

    [Fact]
    public void Binary_garbage_is_one_clear_problem()
    {
        var garbage = new byte[5000];
        new Random(1).NextBytes(garbage);
        _folder.Write("echo.csx", garbage);
        Assert.Equal("MCS102", Assert.Single(Assert.Throws<PluginLoadException>(() => _folder.Compile("echo.csx")).Problems).Code);
    }

    [Fact]
    public void NUL_characters_are_one_clear_problem_in_a_loaded_file_too()
    {
        var path = _folder.Write("_a.csx", Encoding.UTF8.GetBytes("int a;\nint b\0;"));
        var problem = Assert.Single(_folder.FailText("#load \"_a.csx\"\nint x = 1;").Problems);
        Assert.Equal(("MCS102", path, 2, 6), (problem.Code, problem.File, problem.Line, problem.Column));
    }

    [Fact]
    public void The_fix_of_a_loaded_file_changes_the_named_files()
    {
        _folder.Write("_a.csx", "int a = b;");
        var before = _folder.FailText("#load \"_a.csx\"\nint x = a;").Files;
        _folder.Write("_a.csx", "int a = 1;");
        var after = _folder.Compile("echo.csx").Files;
        Assert.Equal(before.Select(file => file.Path), after.Select(file => file.Path));
        Assert.NotEqual(before.AsEnumerable(), after);
    }
}
