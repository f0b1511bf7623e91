using System.CommandLine;
using McpScript.Benchmarks;
using McpScript.Benchmarks.Micro;
using McpScript.Benchmarks.Peers;

var edits = new Option<int>("--edits") { DefaultValueFactory = _ => 300, Description = "Number of saves." };
var callers = new Option<int>("--callers") { DefaultValueFactory = _ => 8, Description = "Clients that call without pause during the edits." };
var era = new Option<string?>("--era") { Description = "Protocol revision of the clients; by default the newest." };

var soak = new Command("edits",
    "Save a script many times under load: failed calls, notifications, generations alive at the end, memory.") { edits, callers, era };
soak.SetAction((parsed, ct) => EditsUnderLoad.RunAsync(parsed.GetValue(edits), parsed.GetValue(callers), parsed.GetValue(era), ct));

var saves = new Option<int>("--edits") { DefaultValueFactory = _ => 50, Description = "Number of timed saves." };
var stages = new Option<bool>("--stages") { Description = "Show the time of each stage too, from the log at debug level." };
var latency = new Command("latency", "Time from saving a script to the first answer of the new code, seen by a connected client.") { saves, era, stages };
latency.SetAction((parsed, ct) => SaveLatency.RunAsync(parsed.GetValue(saves), parsed.GetValue(era), parsed.GetValue(stages), ct));

var calls = new Option<int>("--calls") { DefaultValueFactory = _ => 50_000, Description = "Number of calls to each proxy." };
var cost = new Command("call-log",
    "Cost of the tool-call log: a proxy that logs compared with one that does not; entries lost or torn, also after kill -9.") { calls, callers };
cost.SetAction((parsed, ct) => CallLogCost.RunAsync(parsed.GetValue(calls), parsed.GetValue(callers), ct));

var sessions = new Option<int>("--sessions") { DefaultValueFactory = _ => 1000, Description = "Number of sessions that are abandoned in each round." };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5, Description = "Number of rounds." };
var abandoned = new Command("sessions", "Abandoned sessions: memory with them, and after the idle timeout.") { sessions, rounds };
abandoned.SetAction((parsed, ct) => AbandonedSessions.RunAsync(parsed.GetValue(sessions), parsed.GetValue(rounds), ct));

var items = new Option<int>("--items") { DefaultValueFactory = _ => 1000, Description = "Number of prompts, and of resources, in the big catalog." };
var catalog = new Command("catalog-cost",
    "Cost of a stateless call with a big catalog, compared with an empty catalog.") { calls, callers, items };
catalog.SetAction((parsed, ct) => CatalogCost.RunAsync(parsed.GetValue(calls), parsed.GetValue(callers), parsed.GetValue(items), ct));

var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 24 * 60, Description = "Time limit in minutes." };
var cycles = new Option<int>("--edits") { DefaultValueFactory = _ => 1000, Description = "Number of edits." };
var few = new Option<int>("--callers") { DefaultValueFactory = _ => 4, Description = "Clients that call during the edits." };
var picture = new Option<string?>("--png") { Description = "File for charts of memory, generations, handles, threads and watches." };
var endurance = new Command("soak",
    "Endurance test: edits, also broken ones, plugins and sessions that come and go, big results, cancelled calls, under load. "
        + "Fails if a result is wrong or a resource keeps rising.") { cycles, minutes, few, picture };
endurance.SetAction((parsed, ct) => Soak.RunAsync(
    new(parsed.GetValue(cycles), TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(few), parsed.GetValue(picture)), ct));

var runs = new Option<int>("--runs") { DefaultValueFactory = _ => 9, Description = "Number of starts of each." };
var start = new Command("start",
    "Time from the start of the process to the first tools/list: nothing cached, cached, and a bare C# SDK server; processor time and memory.") { runs };
start.SetAction((parsed, ct) => new ColdStart(parsed.GetValue(runs)).RunAsync(ct));

var numbers = new Option<int[]>("--plugins")
{
    DefaultValueFactory = _ => [10, 100, 1000], AllowMultipleArgumentsPerToken = true, Description = "Numbers of plugins, with five tools each.",
};
var scale = new Command("scale", "Many plugins: load, list in pages, call, reload one, follow an edit and a new file.") { numbers };
scale.SetAction((parsed, ct) => Scale.RunAsync(parsed.GetValue(numbers)!, ct));

var turns = new Option<int>("--rounds") { DefaultValueFactory = _ => 15, Description = "Rounds per server." };
var each = new Option<int>("--calls") { DefaultValueFactory = _ => 5000, Description = "Calls per round." };
var transports = new Option<PeerTransport[]>("--transport")
{
    DefaultValueFactory = _ => Enum.GetValues<PeerTransport>(), AllowMultipleArgumentsPerToken = true, Description = "Transports to measure.",
};
var peers = new Command("peers",
    "Throughput of mcp-proxy compared with a bare C# SDK server, MapMcp and the official TypeScript SDK, "
        + "over HTTP with and without sessions and over stdio, in one run.") { turns, each, callers, transports };
peers.SetAction((parsed, ct) => new PeerComparison(
    new(parsed.GetValue(turns), parsed.GetValue(each), parsed.GetValue(callers), parsed.GetValue(transports)!)).RunAsync(ct));

var filter = new Option<string>("--filter") { DefaultValueFactory = _ => "*", Description = "Filter of BenchmarkDotNet." };
var micro = new Command("micro",
    "Microbenchmarks by BenchmarkDotNet: a call through the pipeline, a reload and its swap, compiling and the cache, the configuration.") { filter };
micro.SetAction(parsed => MicroBenchmarks.Run(parsed.GetValue(filter)!));

var stdio = new Option<bool>("--stdio") { Description = "Over stdio." };
var http = new Option<bool>("--http") { Description = "Over HTTP, on a free port that is written to stderr." };
var mapMcp = new Option<bool>("--map-mcp") { Description = "Over HTTP, by the endpoint of ModelContextProtocol.AspNetCore." };
var bare = new Command("bare", "Serve as the bare C# SDK server that the others are compared with.") { stdio, http, mapMcp };
bare.SetAction((parsed, ct) => parsed.GetValue(mapMcp) ? BareServer.RunMapMcpAsync(ct)
    : parsed.GetValue(http) ? BareServer.RunHttpAsync(ct) : BareServer.RunStdioAsync(ct));

var program = new Option<string?>("--program")
{
    Description = "Path of another mcp-proxy than the one of this build, such as a published one.", Recursive = true,
};
var root = new RootCommand("Measures mcp-proxy under real conditions: the built program, real files, real clients.")
{
    soak, latency, cost, abandoned, catalog, endurance, start, scale, peers, micro, bare, program,
};
var command = root.Parse(args);
if (command.GetValue(program) is { } other)
    ProxyUnderTest.Program = other;
return await command.InvokeAsync();
