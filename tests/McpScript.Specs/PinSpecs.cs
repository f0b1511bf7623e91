using McpScript.Testing;

namespace McpScript.Specs;

/// <summary>References that would keep an unloaded plugin in memory: some are removed, the others are reported.</summary>
public class PinSpecs
{
    static readonly TestSetup Hasty =
        new() { Options = new() { Retirement = new() { CollectGrace = TimeSpan.FromMilliseconds(300), CancelGrace = TimeSpan.FromMilliseconds(100) } } };

    static async Task LeavesNothingAsync(TestHost host, string plugin)
    {
        Assert.True((await host.Registry.ReloadAsync(plugin)).Ok);
        Assert.True((await host.Registry.UnloadAsync(plugin)).Ok);
        await TestHost.UntilAsync(() => host.Registry.LiveGenerations == 0 && host.Registry.Retired.Count == 0,
            $"all generations are gone; left: {string.Join(", ", host.Registry.Retired)}");
    }

    static async Task<string> LingersAsync(TestHost host, string plugin)
    {
        await host.Registry.UnloadAsync(plugin);
        await TestHost.UntilAsync(() => host.Registry.Retired.Any(generation => generation.State == "lingering"), "it is called lingering");
        return Assert.Single(host.Registry.Retired).Detail;
    }

    [Theory]
    [InlineData("validator", """
        using System.ComponentModel.DataAnnotations;
        class Box { [Range(1, 5)] public int Value { get; set; } = 9; }
        mcp.Tool("use", "", () => { var box = new Box(); return Validator.TryValidateObject(box, new ValidationContext(box), null, true); });
        """)]
    [InlineData("proxy", """
        using System.Reflection;
        public interface ISay { string Say(); }
        public class Says : DispatchProxy { protected override object Invoke(MethodInfo method, object[] arguments) => method.Name; }
        mcp.Tool("use", "", () => DispatchProxy.Create<ISay, Says>().Say());
        """)]
    [InlineData("function", """
        record Answer(int Value);
        mcp.Tool("use", "", () => AIFunctionFactory.Create((int n) => new Answer(n), "f").JsonSchema.ToString());
        """)]
    [InlineData("contract", """
        using System.Runtime.Serialization.Json;
        public class Box { public int Value { get; set; } = 1; public List<Box> More { get; set; } }
        mcp.Tool("use", "", () =>
        {
            using var to = new MemoryStream();
            new DataContractJsonSerializer(typeof(Box)).WriteObject(to, new Box());
            return Encoding.UTF8.GetString(to.ToArray());
        });
        """)]
    [InlineData("contractxml", """
        using System.Runtime.Serialization;
        public class Box { public int Value { get; set; } = 1; }
        mcp.Tool("use", "", () =>
        {
            using var to = new MemoryStream();
            new DataContractSerializer(typeof(Box)).WriteObject(to, new Box());
            return Encoding.UTF8.GetString(to.ToArray());
        });
        """)]
    [InlineData("xml", """
        using System.Xml.Serialization;
        public class Box { public int Value { get; set; } = 1; }
        mcp.Tool("use", "", () => { var to = new StringWriter(); new XmlSerializer(typeof(ScriptBox)).Serialize(to, new ScriptBox()); return to.ToString(); });
        public class ScriptBox { public int Value = 1; }
        """)]
    [InlineData("meter", """
        using System.Diagnostics.Metrics;
        var count = 0;
        var meter = new Meter("Contoso.Meter");
        meter.CreateObservableGauge("gauge", () => count);
        mcp.Tool("use", "", () => ++count);
        """)]
    [InlineData("meters", """
        using System.Diagnostics.Metrics;
        class Meters
        {
            static readonly Meter s_meter = new("Contoso.Static");
            static int s_count;
            static readonly ObservableCounter<int> s_counter = s_meter.CreateObservableCounter("count", () => new Measurement<int>(s_count));
            public static int Up() => ++s_count;
        }
        mcp.Tool("use", "", () => Meters.Up());
        """)]
    [InlineData("listener", """
        using System.Diagnostics;
        using System.Diagnostics.Metrics;
        var seen = 0;
        ActivitySource.AddActivityListener(new ActivityListener { ShouldListenTo = source => source.Name == "Contoso", ActivityStarted = _ => seen++ });
        var meters = new MeterListener { InstrumentPublished = (instrument, listener) => seen++ };
        meters.Start();
        mcp.Tool("use", "", () => seen);
        """)]
    [InlineData("source", """
        using System.Diagnostics.Tracing;
        [EventSource(Name = "Contoso-Events")] public class Events : EventSource
        {
            public static readonly Events Log = new();
            [Event(1)] public void Said(string text) => WriteEvent(1, text);
        }
        mcp.Tool("use", "", () => { Events.Log.Said("a"); return 1; });
        """)]
    [InlineData("provider", """
        public class Words : TypeConverter { public override bool CanConvertFrom(ITypeDescriptorContext context, Type type) => true; }
        [TypeConverter(typeof(Words))] public class Box { public int Value { get; set; } }
        mcp.Tool("use", "", () =>
        {
            TypeDescriptor.AddAttributes(typeof(Box), new DescriptionAttribute("x"));
            return TypeDescriptor.GetConverter(typeof(Box)).CanConvertFrom(typeof(string));
        });
        """)]
    [Trait("Fault", "A16")]
    public async Task A_script_that_uses_a_caching_library_is_collected(string name, string script)
    {
        await using var host = await TestHost.StartAsync(($"{name}.csx", script));
        Assert.True(host.Registry.Failures.IsEmpty, host.Log.Text);
        Assert.False((await host.CallForResultAsync("use")).IsError ?? false, host.Log.Text);
        await LeavesNothingAsync(host, name);
    }

    // What Microsoft.Data.Sqlite, SqlClient and the like do: their users could not end it.
    const string Pool = """
        public static class Pool
        {
            static readonly List<string> s_ends = [];
            static readonly Timer s_timer = new(_ => Prune(), null, 10, 10);
            static readonly Timer s_other = new(new Keeper().Prune, null, 60000, 60000);
            public static string Use(List<string> ends)
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => ends.Add("exit");
                AppDomain.CurrentDomain.DomainUnload += (_, _) => throw new InvalidOperationException("A library may fail.");
                AppDomain.CurrentDomain.UnhandledException += (_, _) => { };
                AppDomain.CurrentDomain.FirstChanceException += (_, _) => { };
                AppDomain.CurrentDomain.AssemblyResolve += (_, _) => null;
                AppDomain.CurrentDomain.AssemblyLoad += (_, _) => { };
                System.Runtime.Loader.AssemblyLoadContext.Default.Resolving += (_, _) => null;
                TaskScheduler.UnobservedTaskException += (_, _) => { };
                return "used";
            }
            static void Prune() { }
            class Keeper { public void Prune(object? state) { } }
        }
        """;

    [Fact, Trait("Fault", "A16")]
    public async Task Timers_and_process_events_of_a_library_end_with_the_plugin_as_they_would_with_the_process()
    {
        var pool = Dll.Build("Pooled", Pool);
        var ends = new List<string>();
        var setup = new TestSetup
        {
            Options = new McpScriptServerOptions().ShareWithPlugins(ends),
            Prepare = folder =>
            {
                pool.WriteTo(folder["Uses"]);
                Dll.Build("Uses", """[McpServerToolType] public static class Tools { [McpServerTool(Name = "use")] public static string Use(List<string> """
                    + """ends) => Pool.Use(ends); }""", pool.Assembly)
                    .WriteTo(folder["Uses"]);
            },
        };
        await using var host = await TestHost.StartAsync(setup);
        Assert.Equal("used", await host.CallAsync("use"));
        await LeavesNothingAsync(host, "Uses");
        Assert.Equal(["exit"], ends);
        Assert.Contains("A library may fail.", host.Log.Text);
    }

    [Fact, Trait("Fault", "A16")]
    public async Task A_loop_that_ignores_its_token_is_named_because_the_host_tracks_its_return()
    {
        await using var host = await TestHost.StartAsync(Hasty, ("loops.csx", """
            mcp.OnLive(async _ => { while (true) await Task.Delay(20); });
            mcp.Tool("a", "", () => 1);
            """));
        Assert.StartsWith("Unloaded, but something keeps it in memory. Likely: an mcp.OnLive callback that has not returned since mcp.Retiring fired; "
            + "end it by the token that it gets", await LingersAsync(host, "loops"));
    }

    [Fact, Trait("Fault", "A16")]
    public async Task A_static_event_of_the_framework_is_named()
    {
        await using var host = await TestHost.StartAsync(Hasty, ("network.csx", """
            using System.Net.NetworkInformation;
            var changes = 0;
            NetworkChange.NetworkAddressChanged += (_, _) => changes++;
            mcp.Tool("changes", "", () => changes);
            """));
        var detail = await LingersAsync(host, "network");
        Assert.Contains(
            "a subscription to the static event System.Net.NetworkInformation.NetworkChange.NetworkAddressChanged; unsubscribe in mcp.OnUnload", detail);
        Assert.DoesNotContain("Nothing known", detail);
    }

    [Fact, Trait("Fault", "A16")]
    public async Task The_library_that_prevents_unloading_is_named_and_one_that_was_never_loaded_is_not()
    {
        var holder = Dll.Build("Holder", "public static class Holder { static readonly object s_kept = new Kept(); "
            + "public static string Hold() { System.Runtime.InteropServices.GCHandle.Alloc(s_kept); return \"held\"; } class Kept; }");
        var idle = Dll.Build("Idle", "public static class Idle { public static void Run() => new Thread(() => { }).Start(); }");
        await using var host = await TestHost.StartAsync(Hasty with
        {
            Prepare = folder =>
            {
                holder.WriteTo(folder["Holds"]);
                idle.WriteTo(folder["Holds"]);
                Dll.Build("Holds", """[McpServerToolType] public static class Tools { [McpServerTool(Name = "hold")] public static string Hold() => """
                    + """Holder.Hold(); }""", holder.Assembly).WriteTo(folder["Holds"]);
            },
        });
        Assert.Equal("held", await host.CallAsync("hold"));
        var detail = await LingersAsync(host, "Holds");
        Assert.Contains("Likely: the library Holder, which uses a GCHandle; close, dispose or shut down in mcp.OnUnload what the plugin has of it.", detail);
        Assert.DoesNotContain("Idle", detail);
        Assert.DoesNotContain("Nothing known", detail);
    }
}
