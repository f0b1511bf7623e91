using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace McpScript.Benchmarks.Micro;

/// <summary>Microbenchmarks, run by BenchmarkDotNet.</summary>
static class MicroBenchmarks
{
    /// <summary>Runs the benchmarks that match a BenchmarkDotNet filter, such as <c>*</c>.</summary>
    public static int Run(string filter)
    {
        // In-process, because projects that BenchmarkDotNet generates would import the Directory.Build.props of this repository.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet"));
        Type[] types = [typeof(CompileBenchmarks), typeof(ServerBenchmarks), typeof(ConfigurationBenchmarks), typeof(ArgumentBenchmarks)];
        BenchmarkSwitcher.FromTypes(types).Run(["--filter", filter], config);
        return 0;
    }
}
