using McpScript.Scripting.Scripts;

namespace McpScript.Framework.Tests.Scripting;

public class LoadDirectivesTests
{
    [Theory]
    [InlineData("#load \"a.csx\"", "a.csx")]
    [InlineData("#!/usr/bin/env dotnet-script\n// c\n\n  #  load   \"a b/c.csx\" // why\r\n#r \"x.dll\"\n#load \"../d.csx\"\nint x;", "a b/c.csx|../d.csx")]
    [InlineData("/* one\n#load \"no.csx\"\n*/ // two\n#load \"a.csx\"", "a.csx")]
    [InlineData("/* one */ /* two */\n#load \"a.csx\"", "a.csx")]
    [InlineData("int x; /*\n*/\n#load \"a.csx\"", "")]
    [InlineData("/* one */ int x;\n#load \"a.csx\"", "")]
    [InlineData("using System;\n#load \"a.csx\"", "")]
    [InlineData("// #load \"a.csx\"", "")]
    [InlineData("#load a.csx\n#load \"\"\n#loads \"a.csx\"", "")]
    [InlineData("#nullable enable\n#load \"a.csx\"", "a.csx")]
    [InlineData("", "")]
    public void Lines_before_the_first_code_are_found(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', LoadDirectives.Of(new StringReader(text))));
}
