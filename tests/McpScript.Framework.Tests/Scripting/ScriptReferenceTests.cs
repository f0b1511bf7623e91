using McpScript.FileSystem;
using McpScript.Scripting.Scripts;

namespace McpScript.Framework.Tests.Scripting;

public sealed class ScriptReferenceTests : IDisposable
{
    readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_DLL_beside_the_script_is_private_to_it()
    {
        var path = _folder.Write("greeter.dll", Dll.Of("greeter", "public static class Greeter { public static string Hi() => \"hi\"; }"));
        var image = _folder.CompileText("#r \"greeter.dll\"\nmcp.Tool(\"hi\", \"\", () => Greeter.Hi());");
        Assert.Equal([("greeter", path)], image.Dependencies.Select(dependency => (dependency.Key, dependency.Value.Path)));
        Assert.Contains(SourceFile.Read(path), image.Files);
        using var script = await RunningScript.RunAsync(image);
        Assert.Equal("hi", script.Call("hi"));
    }

    [Fact]
    public async Task Dependencies_beside_a_DLL_are_loaded_with_it()
    {
        var c = Dll.Of("c", "public class C { public string Hi() => \"c\"; }");
        var b = Dll.Of("b", "public class B : C { }", c);
        var a = Dll.Of("a", "public class A { public B Make() => new B(); }", b, c);
        _folder.Write("libs/a.dll", a);
        _folder.Write("libs/b.dll", b);
        _folder.Write("libs/c.dll", c);
        _folder.Write("libs/unused.dll", Dll.Of("unused", "class U { }"));
        var image = _folder.CompileText("#r \"libs/a.dll\"\nmcp.Tool(\"hi\", \"\", () => new A().Make().Hi());");
        Assert.Equal(["a", "b", "c"], image.Dependencies.Keys.Order());
        Assert.Equal(["a.dll", "b.dll", "c.dll", "echo.csx"], image.Files.Select(file => Path.GetFileName(file.Path)).Order());
        using var script = await RunningScript.RunAsync(image);
        Assert.Equal("c", script.Call("hi"));
    }

    [Fact]
    public async Task A_dll_built_for_an_older_framework_works()
    {
        File.Copy(typeof(Assert).Assembly.Location, _folder["xunit.v3.assert.dll"]);
        using var script = await RunningScript.RunAsync(
            _folder.CompileText("#r \"xunit.v3.assert.dll\"\nmcp.Tool(\"t\", \"\", () => { Xunit.Assert.Equal(1, 1); return 1; });"));
        Assert.Equal(1, script.Call("t"));
    }

    [Fact]
    public void A_missing_dependency_of_a_DLL_is_watched_for()
    {
        var b = Dll.Of("b", "public class B { }");
        _folder.Write("a.dll", Dll.Of("a", "public class A { B? b; }", b));
        var image = _folder.CompileText("#r \"a.dll\"\nvar a = new A();");
        Assert.Equal(["a"], image.Dependencies.Keys);
        Assert.Contains(SourceFile.Missing(_folder["b.dll"]), image.Files);
    }

    [Fact]
    public void A_directive_is_relative_to_its_file()
    {
        _folder.Write("lib/a.dll", Dll.Of("a", "public class A { }"));
        _folder.Write("lib/_a.csx", "#r \"a.dll\"\nA MakeA() => new A();");
        var image = _folder.CompileText("#load \"lib/_a.csx\"\nvar a = MakeA();");
        Assert.Equal(_folder["lib/a.dll"], image.Dependencies["a"].Path);
    }

    [Fact]
    public void A_changed_DLL_leads_to_a_compilation()
    {
        _folder.Write("a.dll", Dll.Of("a", "public class A { public int One; }"));
        _folder.CompileText("#r \"a.dll\"\nvar x = new A().One;");
        _folder.Write("a.dll", Dll.Of("a", "public class A { public int Two; }"));
        Assert.Equal("CS1061", _folder.FailText("#r \"a.dll\"\nvar x = new A().One;").Problems[0].Code);
        _folder.CompileText("#r \"a.dll\"\nvar x = new A().Two;");
    }

    [Theory]
    [InlineData("System.Xml")]
    [InlineData("System.Xml.Linq")]
    [InlineData("System.Xml.dll")]
    [InlineData("System.Runtime, Version=4.0.0.0, Culture=neutral")]
    [InlineData("McpScript.Abstractions")]
    public void Names_of_assemblies_of_the_host_are_allowed(string name)
    {
        var image = _folder.CompileText($"#r \"{name}\"\nvar d = new System.Xml.XmlDocument();");
        Assert.Empty(image.Dependencies);
        Assert.Single(image.Files);
    }

    [Theory]
    [InlineData("YamlDotNet", "MCS105", "'YamlDotNet' is no assembly of .NET")]
    [InlineData("No.Such", "MCS105", "write #r \"No.Such.dll\"")]
    [InlineData("gone.dll", "MCS105", "there is no file")]
    [InlineData("nuget: Humanizer, 3.0.1", "MCS108", "This host fetches no packages")]
    [InlineData("McpScript.Abstractions.dll", "MCS107", "Delete this #r")]
    [InlineData("../bin/ModelContextProtocol.Core.dll", "MCS107", "the host, which shares its types")]
    [InlineData("./System.Text.Json.dll", "MCS107", "provided by .NET")]
    public void Other_references_are_a_problem_with_a_fix(string reference, string code, string text)
    {
        var problem = Assert.Single(_folder.FailText($"// one\n#r \"{reference}\"\nint x = 1;").Problems);
        Assert.Equal((code, _folder["echo.csx"], 2, 4, $"#r \"{reference}\""), (problem.Code, problem.File, problem.Line, problem.Column, problem.SourceLine));
        Assert.Contains(text, problem.Message);
    }

    [Fact]
    public void A_missing_DLL_is_watched_for_and_is_the_only_problem()
    {
        var error = _folder.FailText("#r \"gone.dll\"\nvar x = new Gone();");
        Assert.Single(error.Problems);
        Assert.Contains(SourceFile.Missing(_folder["gone.dll"]), error.Files);
    }

    [Fact]
    public void A_shared_assembly_under_another_file_name_is_a_problem()
    {
        _folder.Write("mine.dll", Dll.Of("Microsoft.Extensions.Options", "public class A { }"));
        var error = _folder.FailText("#r \"mine.dll\"\nvar x = new A();");
        Assert.Equal("MCS107", Assert.Single(error.Problems).Code);
        Assert.Contains(SourceFile.Read(_folder["mine.dll"]), error.Files);
    }

    [Fact]
    public void A_file_that_is_not_an_assembly_is_a_problem()
    {
        _folder.Write("text.dll", "this is text");
        _folder.Write("empty.dll", "");
        _folder.Write("module.dll", Dll.Module("module", "public class A { }"));
        _folder.Write("cut.dll", Dll.Of("cut", "public class A { }")[..700]);
        foreach (var name in new[] { "text", "empty", "module", "cut" })
        {
            var problem = Assert.Single(_folder.FailText($"#r \"{name}.dll\"\nint x = 1;").Problems);
            Assert.Equal("MCS106", problem.Code);
            Assert.StartsWith($"'{name}.dll' is not a .NET assembly", problem.Message);
        }
    }

    [Fact]
    public void A_dll_for_a_newer_host_is_a_problem()
    {
        var newer = Dll.Of("Microsoft.Extensions.Options", "[assembly: System.Reflection.AssemblyVersion(\"99.0.0.0\")] public class Options { }");
        _folder.Write("a.dll", Dll.Of("a", "public class A : Options { }", newer));
        var problem = Assert.Single(_folder.FailText("#r \"a.dll\"\nint x = 1;").Problems);
        Assert.Equal("MCS109", problem.Code);
        Assert.Contains("'a.dll' needs Microsoft.Extensions.Options 99.0.0.0, and this host provides 10.", problem.Message);
    }

    [Fact]
    public void Two_different_dlls_of_one_name_are_a_problem()
    {
        _folder.Write("one/a.dll", Dll.Of("a", "public class A { }"));
        _folder.Write("two/a.dll", Dll.Of("a", "public class B { }"));
        var problem = Assert.Single(_folder.FailText("#r \"one/a.dll\"\n#r \"two/a.dll\"\nint x = 1;").Problems);
        Assert.Equal(("MCS110", 2), (problem.Code, problem.Line));
    }

    [Fact]
    public void The_same_DLL_in_two_places_is_allowed()
    {
        var a = Dll.Of("a", "public class A { }");
        _folder.Write("one/a.dll", a);
        _folder.Write("two/a.dll", a);
        var image = _folder.CompileText("#r \"one/a.dll\"\n#r \"two/a.dll\"\nvar x = new A();");
        Assert.Equal(_folder["one/a.dll"], image.Dependencies["a"].Path);
        Assert.Equal(3, image.Files.Length);
    }

    [Fact]
    public void Metadata_is_kept_by_content_and_within_bounds()
    {
        var cache = new PrivateAssemblyCache(capacity: 2);
        var contents = Enumerable.Range(0, 3).Select(n => Dll.Of($"a{n}", $"class A{n} {{ }}")).ToList();
        PrivateAssembly Get(int n) => cache.Get(SourceFile.Of($"/a{n}.dll", contents[n]), contents[n]);

        var first = Get(0);
        Assert.Same(first, Get(0));
        Get(1);
        Get(2);
        Assert.Equal(2, cache.Count);
        Assert.NotSame(first, Get(0));
    }
}
