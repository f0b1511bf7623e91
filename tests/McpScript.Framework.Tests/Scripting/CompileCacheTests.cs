using System.Collections.Immutable;
using McpScript.FileSystem;
using McpScript.Model;
using McpScript.Packages;
using McpScript.Scripting.Cache;
using McpScript.Scripting.Compilation;
using McpScript.Scripting.Scripts;
using McpScript.Testing;
using McpScript.Testing.Suites;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpScript.Framework.Tests.Scripting;

public sealed class CompileCacheTests : IDisposable
{
    const string Script = """
        #r "lib/words.dll"
        #load "parts/shout.csx"
        /// <summary>Says it.</summary>
        /// <param name="text">What.</param>
        [McpServerTool]
        string say(string text) => Shout(text) + Words.End;
        """;

    readonly ScriptFolder _folder = new();
    readonly string _cache = Directory.CreateTempSubdirectory("mcpscript-cache-").FullName;
    readonly RecordingLog<CompileCache> _log = new();
    readonly CountingCompiler _compiler = new(new ScriptCompiler());

    public CompileCacheTests()
    {
        _folder.Write("say.csx", Script);
        _folder.Write("parts/shout.csx", "string Shout(string text) => text.ToUpper();");
        _folder.Write(
            "lib/words.dll", Dll.Of("words", "public class Words : Base { public const string End = \"!\"; }", Dll.Of("missing", "public class Base { }")));
    }

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    CompileCacheOptions Options => new() { Folder = Path.Combine(_cache, "cache") };

    string Entry => Assert.Single(Directory.GetFiles(Options.Folder));

    // As a new start of the program would: nothing is left in memory, and everything compiled is on disk.
    AssemblyImage Start(string name = "say.csx", string environment = "here", CompileCacheOptions? options = null, TimeProvider? time = null) =>
        Compile(new(_compiler, new(options ?? Options, new(environment), packages: null, _log, files: null, time)), name);

    AssemblyImage Compile(CachedScriptCompiler compiler, string name = "say.csx")
    {
        var image = compiler.Compile(_folder.Location(name), CancellationToken.None);
        compiler.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return image;
    }

    void AssertCompiles(int times)
    {
        var before = _compiler.Compilations;
        Start();
        Assert.Equal(times, _compiler.Compilations - before);
    }

    [Fact]
    public async Task An_unchanged_script_is_not_compiled_again_and_has_the_same_result()
    {
        var (compiled, cached) = (Start(), Start());
        Assert.Equal(1, _compiler.Compilations);
        Assert.Equal(compiled.Location, cached.Location);
        Assert.Equal(compiled.Assembly.ToArray(), cached.Assembly.ToArray());
        Assert.Equal(compiled.Symbols.ToArray(), cached.Symbols.ToArray());
        Assert.Equal(compiled.Files.ToArray(), cached.Files.ToArray());
        Assert.Contains(SourceFile.Missing(_folder["lib/missing.dll"]), cached.Files);
        Assert.Equal(compiled.Script, cached.Script);
        Assert.Equal(compiled.Docs.Keys, cached.Docs.Keys);
        Assert.Equal(("Says it.", "What."), (cached.Docs.Values.Single().Summary, cached.Docs.Values.Single().Parameters["text"]));
        Assert.Equal(compiled.Dependencies["words"].Assembly.ToArray(), cached.Dependencies["WORDS"].Assembly.ToArray());
        Assert.Equal(compiled.Dependencies["words"].Path, cached.Dependencies["words"].Path);

        File.Delete(_folder["lib/words.dll"]);
        _folder.Write("say.csx", """mcp.Tool("say", "", (string text) => text);""");
        Start();
        using var script = await RunningScript.RunAsync(Start());
        Assert.Equal("hi", script.Call("say", "hi"));
        Assert.Equal(2, _compiler.Compilations);
    }

    [Theory]
    [InlineData("say.csx", Script + "\n// changed")]
    [InlineData("parts/shout.csx", "string Shout(string text) => text.ToLower();")]
    public void A_changed_text_of_the_tree_is_compiled(string file, string text)
    {
        Start();
        _folder.Write(file, text);
        AssertCompiles(1);
        AssertCompiles(0);
    }

    [Fact]
    public void A_changed_assembly_and_a_new_one_lead_to_a_compilation()
    {
        Start();
        _folder.Write("lib/missing.dll", Dll.Of("missing", "public class Base { }"));
        AssertCompiles(1);
        _folder.Write("lib/words.dll", Dll.Of("words", "public class Words { public const string End = \"?\"; }"));
        AssertCompiles(1);
        AssertCompiles(0);
    }

    [Fact]
    public void The_same_text_elsewhere_or_in_another_environment_is_compiled()
    {
        Start();
        _folder.Write("other.csx", Script);
        Start("other.csx");
        Assert.Equal(2, _compiler.Compilations);
        Start(environment: "another host");
        Assert.Equal(3, _compiler.Compilations);
        Start();
        Start("other.csx");
        Assert.Equal(3, _compiler.Compilations);
    }

    [Fact]
    public void The_environment_key_depends_on_shared_assemblies_and_allowed_packages()
    {
        ScriptPackages Packages(bool allowed) =>
            new(new PackageEngine(new() { Folder = _cache }, NullLogger<PackageEngine>.Instance), new() { InScripts = allowed });
        string[] environments =
        [
            CompileEnvironment.Of([], null), CompileEnvironment.Of([typeof(Turnstile)], null), CompileEnvironment.Of([], Packages(true)),
            CompileEnvironment.Of([], Packages(false)),
        ];
        Assert.Distinct(environments);
        Assert.Equal(environments[0], CompileEnvironment.Of([], null));
    }

    [Fact]
    public void A_torn_or_tampered_entry_is_never_used_and_is_created_again()
    {
        Start();
        var whole = File.ReadAllBytes(Entry);
        var random = new Random(1);
        IEnumerable<byte[]> Damaged()
        {
            yield return [];
            yield return [.. whole, 0];
            foreach (var length in new[] { 1, 20, 49, 50, 51, whole.Length / 2, whole.Length - 1 })
                yield return whole[..length];
            foreach (var place in Enumerable.Range(0, 60).Concat(Enumerable.Range(0, 60).Select(_ => random.Next(whole.Length))))
            {
                var flipped = (byte[])whole.Clone();
                flipped[place] ^= 1;
                yield return flipped;
            }
        }
        var cache = new CompileCache(Options, new("here"), null, _log);
        foreach (var damaged in Damaged())
        {
            File.WriteAllBytes(Entry, damaged);
            Assert.Null(cache.Find(_folder.Location("say.csx"), CancellationToken.None));
        }
        AssertCompiles(1);
        Assert.Equal(whole, File.ReadAllBytes(Entry));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void An_entry_under_the_name_of_another_is_not_taken_for_it()
    {
        Start();
        var say = Entry;
        _folder.Write("other.csx", """mcp.Tool("other", "", () => 1);""");
        Start("other.csx");
        File.Copy(say, Directory.GetFiles(Options.Folder).Single(path => path != say), overwrite: true);
        Assert.NotEqual(Start().Assembly.ToArray(), Start("other.csx").Assembly.ToArray());
        Assert.Equal(3, _compiler.Compilations);
    }

    [Fact]
    public void A_script_that_does_not_compile_is_not_cached()
    {
        _folder.Write("say.csx", "no code");
        Assert.Throws<PluginLoadException>(() => Start());
        Assert.Throws<PluginLoadException>(() => Start());
        Assert.Equal(2, _compiler.Compilations);
    }

    [Fact]
    public async Task A_compilation_that_outlives_the_server_is_not_written()
    {
        var cached = new CachedScriptCompiler(_compiler, new(Options, new("here"), null, _log));
        await cached.DisposeAsync();
        Assert.NotEmpty(cached.Compile(_folder.Location("say.csx"), CancellationToken.None).Assembly);
        await cached.DisposeAsync();
        Assert.False(Directory.Exists(Options.Folder));
    }

    [Fact]
    public async Task A_cache_folder_that_cannot_be_used_is_reported_once_and_does_no_harm()
    {
        File.WriteAllText(Path.Combine(_cache, "cache"), "not a folder");
        var cached = new CachedScriptCompiler(_compiler, new(Options, new("here"), null, _log));
        for (var start = 0; start < 2; start++)
            Assert.NotEmpty(cached.Compile(_folder.Location("say.csx"), CancellationToken.None).Assembly);
        await cached.DisposeAsync();
        Assert.StartsWith($"Warning: Compiled scripts cannot be kept in '{Options.Folder}'", Assert.Single(_log.Lines));
    }

    [Fact]
    public void Only_the_user_can_read_the_cache()
    {
        if (OperatingSystem.IsWindows())
            return;   // no modes there
        Directory.CreateDirectory(Options.Folder, (UnixFileMode)0b111_111_111);
        Start();
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Options.Folder));
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(Entry));
    }

    [Fact]
    public void Concurrent_compilations_all_get_complete_images_and_leave_one_entry()
    {
        var image = Start().Assembly.ToArray();
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, turn =>
        {
            // As two processes do: one reads while the other writes it anew.
            var cache = new CompileCache(Options, new("here"), null, _log);
            if (turn % 2 == 0)
                cache.Keep(_compiler.Compile(_folder.Location("say.csx"), CancellationToken.None));
            Assert.Equal(image, cache.Find(_folder.Location("say.csx"), CancellationToken.None)!.Assembly.ToArray());
        });
        Assert.EndsWith(".image", Entry);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Unused_entries_are_deleted_and_used_ones_stay()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        _folder.Write("other.csx", """mcp.Tool("other", "", () => 1);""");
        _folder.Write("late.csx", """mcp.Tool("late", "", () => 1);""");
        Start(time: time);
        var say = Entry;
        Start("other.csx", time: time);
        var killed = Path.Combine(Options.Folder, ".x.image.tmp");
        File.WriteAllText(killed, "");

        time.Now += TimeSpan.FromDays(20);
        Start(time: time);
        time.Now += TimeSpan.FromDays(20);
        Start("late.csx", time: time);
        Assert.False(File.Exists(killed));
        Assert.True(File.Exists(say));
        Assert.Equal(2, Directory.GetFiles(Options.Folder).Length);
    }

    [Fact]
    public void Above_the_size_limit_the_least_recently_used_entry_is_deleted_first()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var names = Enumerable.Range(0, 5).Select(i => $"s{i}.csx").ToImmutableArray();
        foreach (var name in names)
        {
            _folder.Write(name, $"""mcp.Tool("{name}", "", () => 1);""");
            Start(name, time: time);
        }
        foreach (var name in names.Reverse())
        {
            time.Now += TimeSpan.FromHours(2);
            Start(name, time: time);
        }
        var size = Directory.GetFiles(Options.Folder).Max(path => new FileInfo(path).Length);
        // Cleaned before it is written, so one more than is allowed may lie there.
        Start(options: Options with { MostBytes = 3 * size }, time: time);
        var before = _compiler.Compilations;
        foreach (var name in names[..3])
            Start(name, time: time);
        Assert.Equal(before, _compiler.Compilations);
        Assert.Equal(4, Directory.GetFiles(Options.Folder).Length);
    }

    [SuiteFact(SlowSuites.Packages)]
    public void A_script_with_packages_is_compiled_again_when_they_resolve_differently()
    {
        var feed = Path.Combine(_cache, "feed");
        Nupkg.Write(feed, "Contoso.Words", "1.0.0", Testing.Dll.Build("Words", "public class Words { public const int Version = 10; }"));
        using var engine = new PackageEngine(new() { Folder = Path.Combine(_cache, "packages"), Sources = [feed] }, NullLogger<PackageEngine>.Instance);
        var packages = new ScriptPackages(engine, new());
        var compiler = new CountingCompiler(new ScriptCompiler(packages: packages));
        AssemblyImage StartWithPackages() => Compile(new(compiler, new(Options, new("here"), packages, _log)));

        _folder.Write("say.csx", "#r \"nuget: contoso.words, 1.*\"\nmcp.Tool(\"version\", \"\", () => new Words().ToString() + Words.Version);");
        var compiled = StartWithPackages();
        var cached = StartWithPackages();
        Assert.Equal(1, compiler.Compilations);
        Assert.StartsWith("Contoso.Words 1.0.0 ", Assert.Single(cached.Packages));
        Assert.Equal(compiled.Dependencies["Words"].Assembly.ToArray(), cached.Dependencies["Words"].Assembly.ToArray());

        // Without the stored resolution, the newest version is used.
        Nupkg.Write(feed, "Contoso.Words", "1.1.0", Testing.Dll.Build("Words", "public class Words { public const int Version = 11; }"));
        Directory.Delete(Path.Combine(_cache, "packages", "graphs"), recursive: true);
        Assert.StartsWith("Contoso.Words 1.1.0 ", Assert.Single(StartWithPackages().Packages));
        Assert.Equal(2, compiler.Compilations);
    }
}
