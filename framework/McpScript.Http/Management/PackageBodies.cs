using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Management;
using McpScript.Model;

namespace McpScript.Http.Management;

/// <summary>Bodies of the management API about packages. The command line prints the same ones if no proxy is running.</summary>
static class PackageBodies
{
    /// <summary>Returns the body for the installed packages.</summary>
    public static JsonObject Of(IReadOnlyList<PackageEntry> packages) => Json(new { packages });

    /// <summary>Returns the body for one package change.</summary>
    public static JsonObject Of(PackageChange change) => change.Ok
        ? Json(new
        {
            ok = true, package = change.Package, done = change.Kind.ToString().ToLowerInvariant(), version = change.Version, was = change.Was,
            generation = change.Plugin?.Generation, tools = change.Plugin?.Tools,
            removed = change.Kind == PackageChangeKind.Uninstalled ? change.Removed : (IReadOnlyList<string>?)null, note = change.Note,
        })
        : Json(new
        {
            ok = false, package = change.Package, version = change.Version, error = change.Error,
            stage = change.Stage is { } stage ? PluginLoadException.Verb(stage) : null,
            problems = change.Problems.IsEmpty ? null : change.Problems.AsEnumerable(),
        });

    /// <summary>Returns the body for several changes; its error is that of the first change that failed.</summary>
    public static JsonObject Of(IReadOnlyList<PackageChange> changes)
    {
        var body = new JsonObject { ["ok"] = changes.All(change => change.Ok) };
        if (changes.FirstOrDefault(change => !change.Ok) is { } failed)
            body["error"] = failed.Error;
        body["updates"] = new JsonArray([.. changes.Select(Of)]);
        return body;
    }

    static JsonObject Json<T>(T body) => JsonSerializer.SerializeToNode(body, ManagementJson.Options)!.AsObject();
}
