using System.Text.Json;
using System.Text.Json.Nodes;
using McpScript.Management;
using McpScript.Model;

namespace McpScript.Http.Management;

/// <summary>What the management API says about packages; the command line says the same where no proxy is running.</summary>
static class PackageBodies
{
    /// <summary>What is installed.</summary>
    public static JsonObject Of(IReadOnlyList<PackageEntry> packages) => Json(new { packages });

    /// <summary>What came of one change.</summary>
    public static JsonObject Of(PackageChange change) => change.Ok
        ? Json(new
        {
            ok = true, package = change.Package, done = change.Kind.ToString().ToLowerInvariant(), version = change.Version, was = change.Was, generation = change.Plugin?.Generation,
            tools = change.Plugin?.Tools, removed = change.Kind == PackageChangeKind.Uninstalled ? change.Removed : (IReadOnlyList<string>?)null, note = change.Note,
        })
        : Json(new
        {
            ok = false, package = change.Package, version = change.Version, error = change.Error, stage = change.Stage is { } stage ? PluginLoadException.Verb(stage) : null,
            problems = change.Problems.IsEmpty ? null : change.Problems.AsEnumerable(),
        });

    /// <summary>What came of several changes; the error is that of the first that failed.</summary>
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
