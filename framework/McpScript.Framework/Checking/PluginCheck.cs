using System.Collections.Immutable;
using System.Text.Json;
using McpScript.Model;
using McpScript.Registry;
using McpScript.Sources;
using McpScript.Unloading;
using ModelContextProtocol.Protocol;

namespace McpScript.Checking;

/// <summary>Compiles and registers plugins without serving them, and reports all problems, including advice for authors.</summary>
sealed class PluginCheck
{
    readonly PluginRegistry _registry;
    readonly PluginSources _sources;

    internal PluginCheck(PluginRegistry registry, PluginSources sources) => (_registry, _sources) = (registry, sources);

    /// <summary>Checks plugins as one set, so that collisions are found too.</summary>
    /// <param name="only">Selects the plugins to check; null for all.</param>
    /// <param name="roots">Selects the plugin folders whose ignored files are reported too; null for all.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public async Task<CheckReport> RunAsync(
        Func<PluginLocation, bool>? only = null, Func<string, bool>? roots = null, CancellationToken cancellationToken = default)
    {
        var snapshot = _sources.Scan();
        var plugins = snapshot.Plugins.Where(location => only?.Invoke(location) is not false).ToList();
        var dryRuns = await _registry.DryRunAsync([.. plugins.Select(location => location.Reference)], cancellationToken);
        var tried = dryRuns.Where(dryRun => dryRun.Refusal is null).ToList();
        var overlooked = snapshot.Overlooked.Where(path => roots?.Invoke(path.Root) is not false)
            .OrderBy(path => path.Path, StringComparer.Ordinal).ToImmutableArray();
        var findings = tried.SelectMany(Findings)
            .Concat(snapshot.Shadowed.Where(pair => only?.Invoke(pair.By) is not false).Select(Hidden))
            .Concat(overlooked.Where(path => path.IsMistake).Select(NotLoaded));
        return new(
            [.. tried.Select(dryRun => dryRun.Reference.Name)],
            [.. dryRuns.Where(dryRun => dryRun.Refusal is not null).Select(dryRun => dryRun.Reference.Name)],
            overlooked,
            [
                .. findings.Distinct().OrderBy(finding => finding.Plugin, StringComparer.OrdinalIgnoreCase)
                    .ThenBy(finding => finding.Problem.File, StringComparer.Ordinal).ThenBy(finding => finding.Problem.Line),
            ]);
    }

    static IEnumerable<CheckFinding> Findings(DryRun dryRun)
    {
        var plugin = dryRun.Reference.Name;
        foreach (var problem in dryRun.Failure?.Problems ?? [])
        {
            var coded = problem.Code is null ? problem with { Code = CheckCodes.Of(dryRun.Failure!.Stage) } : problem;
            yield return new(plugin, CheckSeverity.Error, dryRun.Image is null ? coded : new NamePlaces(dryRun.Image).Put(coded));
        }
        if (dryRun.Image is not { } image)
            yield break;
        foreach (var problem in UnloadBlockers(image).Concat(Advice(dryRun, new(image))))
            yield return new(plugin, CheckSeverity.Warning, problem.File is null ? problem with { File = image.Location.Path } : problem);
    }

    static IEnumerable<PluginProblem> UnloadBlockers(PluginImage image) => image is AssemblyImage code ? UnloadBlockerSearch.Find(code) : [];

    static IEnumerable<PluginProblem> Advice(DryRun dryRun, NamePlaces places)
    {
        foreach (var problem in dryRun.Advice)
            yield return places.Put(problem);
        foreach (var tool in dryRun.Tools)
        {
            if (ToolName.Doubt(tool.Name) is { } doubt)
                yield return places.Put(new(doubt, CheckCodes.DoubtfulName), tool.Name);
            if (string.IsNullOrWhiteSpace(tool.Description))
            {
                var problem = $"Tool '{tool.Name}' has no description, so a model cannot know when to call it.";
                yield return places.Put(new(problem, CheckCodes.ToolUndescribed), tool.Name);
            }
            if (Undescribed(tool) is { Count: > 0 } parameters)
            {
                var problem = $"Tool '{tool.Name}' does not describe {string.Join(", ", parameters)}: write [Description(\"…\")] before the parameter, "
                    + "or <param> in the method's XML comment.";
                yield return places.Put(new(problem, CheckCodes.ParameterUndescribed), tool.Name);
            }
        }
        foreach (var prompt in dryRun.Prompts.Where(prompt => string.IsNullOrWhiteSpace(prompt.Description)))
        {
            var problem = $"Prompt '{prompt.Name}' has no description, so users cannot know when to choose it.";
            yield return places.Put(new(problem, CheckCodes.PromptUndescribed), prompt.Name);
        }
    }

    static List<string> Undescribed(Tool tool) =>
        tool.InputSchema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Where(property => !IsDescribed(property.Value)).Select(property => $"'{property.Name}'")]
            : [];

    static bool IsDescribed(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var text) && !string.IsNullOrWhiteSpace(text.ToString());

    static CheckFinding NotLoaded(OverlookedPath path) =>
        new(Path.GetFileNameWithoutExtension(path.Path), CheckSeverity.Warning, new($"This is not loaded. {path.Reason}", CheckCodes.NotLoaded, path.Path));

    static CheckFinding Hidden((PluginLocation Hidden, PluginLocation By) pair) => new(
        pair.By.Reference.Name, CheckSeverity.Warning,
        new($"This is never loaded: '{pair.By.Path}' has the same name and comes first. Rename one of them.", CheckCodes.Hidden, pair.Hidden.Path));
}
