using System.Diagnostics;
using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>Prebuilt plugins that bring native libraries along.</summary>
public class NativeDllSpecs
{
    [Theory]
    [InlineData("libnumber.so", null)]
    [InlineData("runtimes/linux-x64/native/libnumber.so", """{"runtimes/linux-x64/native/libnumber.so":{"rid":"linux-x64","assetType":"native"}}""")]
    public async Task A_native_library_is_loaded_from_a_copy_and_its_file_can_be_replaced(string place, string? runtimeTargets)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "NEEDS GCC: this spec makes a native library at test time. Install gcc to run it.");
        if (runtimeTargets is not null)
            Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64,
                "its file names are those of linux-x64");
        var dll = Dll.Build("Native", """
            [McpServerToolType]
            public static class Tools
            {
                [System.Runtime.InteropServices.DllImport("number")] static extern int number();
                [McpServerTool(Name = "number")] public static int Number() => number();
            }
            """);
        var setup = new TestSetup
        {
            Prepare = folder =>
            {
                dll.WriteAllTo(folder["Native"]);
                Compile(1, folder, place);
                if (runtimeTargets is not null)
                    folder.Write("Native/Native.deps.json", $$$"""
                        {
                          "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0" },
                          "targets": { ".NETCoreApp,Version=v10.0": {
                            "Native/1.0.0": { "runtime": { "Native.dll": {} } },
                            "number/1.0.0": { "runtimeTargets": {{{runtimeTargets}}} }
                          } }
                        }
                        """);
            },
        };
        await using var host = await TestHost.StartAsync(setup);
        Assert.True(host.Registry.Plugins.Length == 1, host.Log.Text);
        Assert.Equal("1", await host.CallAsync("number"));
        Assert.DoesNotContain(host.Folder.Path, await File.ReadAllTextAsync("/proc/self/maps"));

        var changed = await host.ChangeAsync("Native", () => Compile(2, host.Folder, place));
        Assert.True(changed.Ok, changed.Error);
        Assert.Equal("2", await host.CallAsync("number"));

        await host.Registry.UnloadAsync("Native");
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0, "it is gone");
    }

    static void Compile(int number, TestFolder folder, string place)
    {
        var (source, target) = (Path.Combine(folder.Outside, "number.c"), folder[$"Native/{place}"]);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(source, $"int number(void) {{ return {number}; }}");
        using var gcc = Process.Start("/usr/bin/gcc", ["-shared", "-fPIC", "-o", target, source]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
    }
}
