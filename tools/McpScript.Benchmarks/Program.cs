using System.CommandLine;
using McpScript.Benchmarks;

var edits = new Option<int>("--edits") { DefaultValueFactory = _ => 300, Description = "How many times the script is saved." };
var callers = new Option<int>("--callers") { DefaultValueFactory = _ => 8, Description = "Clients that call without pause meanwhile." };
var era = new Option<string?>("--era") { Description = "Protocol revision of the clients; by default the newest." };

var soak = new Command("edits", "Save a script many times under load: failed calls, notifications, generations alive at the end, memory.") { edits, callers, era };
soak.SetAction((parsed, ct) => EditsUnderLoad.RunAsync(parsed.GetValue(edits), parsed.GetValue(callers), parsed.GetValue(era), ct));

var saves = new Option<int>("--edits") { DefaultValueFactory = _ => 50, Description = "How many saves are timed." };
var latency = new Command("latency", "Time from saving a script to the first answer of the new code, seen by a connected client.") { saves, era };
latency.SetAction((parsed, ct) => SaveLatency.RunAsync(parsed.GetValue(saves), parsed.GetValue(era), ct));

var calls = new Option<int>("--calls") { DefaultValueFactory = _ => 50_000, Description = "How many calls are made of each proxy." };
var cost = new Command("call-log", "Cost of the tool-call log: a proxy that logs beside one that does not; entries lost or torn, also by kill -9.") { calls, callers };
cost.SetAction((parsed, ct) => CallLogCost.RunAsync(parsed.GetValue(calls), parsed.GetValue(callers), ct));

var sessions = new Option<int>("--sessions") { DefaultValueFactory = _ => 1000, Description = "How many sessions are abandoned in each round." };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5, Description = "How often." };
var abandoned = new Command("sessions", "Sessions that nobody comes back to: memory with them and after the idle time-out.") { sessions, rounds };
abandoned.SetAction((parsed, ct) => AbandonedSessions.RunAsync(parsed.GetValue(sessions), parsed.GetValue(rounds), ct));

var items = new Option<int>("--items") { DefaultValueFactory = _ => 1000, Description = "How many prompts, and how many resources, the big catalog has." };
var catalog = new Command("catalog-cost", "Cost of a stateless call beside a big catalog, compared with one beside an empty catalog.") { calls, callers, items };
catalog.SetAction((parsed, ct) => CatalogCost.RunAsync(parsed.GetValue(calls), parsed.GetValue(callers), parsed.GetValue(items), ct));

var root = new RootCommand("Measures mcp-proxy as its users meet it: the built program, real files, real clients.") { soak, latency, cost, abandoned, catalog };
return await root.Parse(args).InvokeAsync();
