using BenchmarkDotNet.Attributes;
using McpScript.Configuration;

namespace McpScript.Benchmarks.Micro;

/// <summary>Loading a configuration, at the start and, with --watch, after each change of its file.</summary>
[MemoryDiagnoser]
public class ConfigurationBenchmarks
{
    readonly string _top = Directory.CreateTempSubdirectory("mcpscript-bench-").FullName;
    CommandLineOverrides _commandLine = null!;

    /// <summary>Number of plugins in the configuration.</summary>
    [Params(3, 300)]
    public int Plugins { get; set; }

    /// <summary>Writes the configuration file.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var file = Path.Combine(_top, "mcp.yaml");
        var plugins = Enumerable.Range(0, Plugins).Select(i => $"  p{i}:\n    prefix: q{i}\n    key: \"${{HOME}}/{i}\"\n    list: [1, 2, 3]\n");
        File.WriteAllText(file, "server_name: bench\nlog_level: info\nplugins:\n" + string.Concat(plugins));
        _commandLine = new() { ConfigFile = file };
    }

    /// <summary>Deletes the temporary folder.</summary>
    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_top, recursive: true);

    /// <summary>Loads and validates file, environment and command line.</summary>
    [Benchmark]
    public McpScriptConfig Load() => McpScriptConfig.Load(_commandLine);
}
