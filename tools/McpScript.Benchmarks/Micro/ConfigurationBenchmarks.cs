using BenchmarkDotNet.Attributes;
using McpScript.Configuration;

namespace McpScript.Benchmarks.Micro;

/// <summary>Reading a configuration, which happens at the start and, under --watch, whenever its file changes.</summary>
[MemoryDiagnoser]
public class ConfigurationBenchmarks
{
    readonly string _top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
    CommandLineOverrides _commandLine = null!;

    /// <summary>How many plugins it speaks of.</summary>
    [Params(3, 300)]
    public int Plugins { get; set; }

    /// <summary>Writes it.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var file = Path.Combine(_top, "mcp.yaml");
        File.WriteAllText(file, "server_name: bench\nlog_level: info\nplugins:\n" + string.Concat(Enumerable.Range(0, Plugins).Select(i => $"  p{i}:\n    prefix: q{i}\n    key: \"${{HOME}}/{i}\"\n    list: [1, 2, 3]\n")));
        _commandLine = new() { ConfigFile = file };
    }

    /// <summary>Clears up.</summary>
    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_top, recursive: true);

    /// <summary>File, environment and command line, checked.</summary>
    [Benchmark]
    public McpScriptConfig Load() => McpScriptConfig.Load(_commandLine);
}
