using System.Text;
using McpScript.Model;
using McpScript.Scripting.Compilation;

namespace McpScript.Framework.Tests.Scripting;

/// <summary>A plugin folder of one test, deleted afterwards.</summary>
sealed class ScriptFolder : IDisposable
{
    // Shared: the compiler keeps nothing of a script, and its metadata cache is what production uses, too.
    static readonly ScriptCompiler Compiler = new();

    public string Root { get; } = Directory.CreateTempSubdirectory("mcpscript-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public AssemblyImage Compile(string name, CancellationToken cancellationToken = default) => Compiler.Compile(Location(name), cancellationToken);

    /// <summary>Writes and compiles <c>echo.csx</c>.</summary>
    public AssemblyImage CompileText(string text)
    {
        Write("echo.csx", text);
        return Compile("echo.csx");
    }

    /// <summary>The error of <c>echo.csx</c> with that text, which does not compile.</summary>
    public PluginLoadException FailText(string text)
    {
        Write("echo.csx", text);
        return Assert.Throws<PluginLoadException>(() => Compile("echo.csx"));
    }

    public PluginLocation Location(string name) => new(new PluginReference(Path.GetFileNameWithoutExtension(name)), "script", this[name], Root);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
