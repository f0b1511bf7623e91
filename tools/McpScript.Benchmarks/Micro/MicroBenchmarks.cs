using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace McpScript.Benchmarks.Micro;

/// <summary>The small ones, by BenchmarkDotNet.</summary>
static class MicroBenchmarks
{
    /// <summary>Runs all, or those that a filter of BenchmarkDotNet's names.</summary>
    public static int Run(string filter)
    {
        // In this process: BenchmarkDotNet would write projects of its own, which this checkout's props would reach into.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet"));
        BenchmarkSwitcher.FromTypes([typeof(CompileBenchmarks), typeof(ServerBenchmarks), typeof(ConfigurationBenchmarks), typeof(ArgumentBenchmarks)]).Run(["--filter", filter], config);
        return 0;
    }
}
