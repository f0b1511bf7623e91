using McpScript.FileSystem;
using McpScript.Sources;

namespace McpScript.Core.Tests.Sources;

/// <summary>Sources and readers over plugins that a test puts in place, without plugin folders.</summary>
static class TestSources
{
    /// <summary>One source.</summary>
    public static PluginSources Of(IPluginSource source) => new(new PluginFolders(() => []), [source]);

    /// <summary>A reader with hashes of its own.</summary>
    public static StableReader Reader(TimeProvider? time = null) => new(new FileHashCache(time ?? TimeProvider.System), time ?? TimeProvider.System);
}
