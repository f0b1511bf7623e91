using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Model;
using McpScript.Packages;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpScript.Scripting.Scripts;

/// <summary>Resolves the packages of scripts' <c>#r "nuget: Id, version"</c> directives, if the configuration allows them.</summary>
/// <param name="engine">Resolves and downloads packages.</param>
/// <param name="settings">The configuration.</param>
sealed class ScriptPackages(PackageEngine engine, PackageSettings settings)
{
    const string Beginning = "nuget:";

    /// <summary>The permissions as one text: a different text may mean a different outcome for the same script.</summary>
    internal string Rules => $"{settings.InScripts} {string.Join(' ', settings.Allowed ?? ["*"])}";

    /// <summary>True for a directive that names a package.</summary>
    internal static bool IsPackage(ReferenceDirectiveTriviaSyntax directive) =>
        directive.File.ValueText.TrimStart().StartsWith(Beginning, StringComparison.OrdinalIgnoreCase);

    /// <summary>The id of the package that a directive names.</summary>
    internal static string IdOf(ReferenceDirectiveTriviaSyntax directive) => TextOf(directive).Split(',')[0].Trim();

    /// <summary>The packages that directives name, each once.</summary>
    internal static ImmutableArray<string> RequestedBy(IEnumerable<ReferenceDirectiveTriviaSyntax> directives) =>
        [.. directives.Select(directive => PackageRequest.Parse(TextOf(directive))?.ToString()).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>True if the requested packages still resolve to the same ones.</summary>
    internal bool Mean(ImmutableArray<string> asked, ImmutableArray<string> packages, CancellationToken cancellationToken)
    {
        if (asked.IsEmpty)
            return true;
        try
        {
            var graph = engine.GetAsync([.. asked.Select(text => PackageRequest.Parse(text)!)], cancellationToken).GetAwaiter().GetResult();
            return graph.Contents().SequenceEqual(packages);
        }
        catch (PackageException)
        {
            // The compilation reports the reason.
            return false;
        }
    }

    /// <summary>Resolves all of a script's directives in one graph, because a plugin has one version of each package.</summary>
    internal PackageGraph Get(
        IReadOnlyList<ReferenceDirectiveTriviaSyntax> directives, ICollection<PluginProblem> problems, CancellationToken cancellationToken)
    {
        var requests = new Dictionary<string, PackageRequest>(StringComparer.OrdinalIgnoreCase);
        var before = problems.Count;
        foreach (var directive in directives)
            if (RequestOf(directive, problems) is { } request && !requests.TryAdd(request.Id, request) && requests[request.Id].Version != request.Version)
                problems.Add(At(
                    directive, ProblemCodes.PackageVersions,
                    $"'{request.Id}' is referenced in two versions, {requests[request.Id].Version} and {request.Version}. A plugin has one of each package: "
                    + "agree on one."));
        if (problems.Count > before)
            return PackageGraph.Empty;
        try
        {
            // Compilation is synchronous, on a thread of its own, so it may block there.
            return engine.GetAsync(requests.Values, cancellationToken).GetAwaiter().GetResult();
        }
        catch (PackageException e)
        {
            foreach (var problem in e.Problems)
            {
                var named = directives.FirstOrDefault(directive => problem.Message.Contains(IdOf(directive), StringComparison.OrdinalIgnoreCase));
                problems.Add(At(named ?? directives[0], problem.Code, problem.Message));
            }
            return PackageGraph.Empty;
        }
    }

    PackageRequest? RequestOf(ReferenceDirectiveTriviaSyntax directive, ICollection<PluginProblem> problems)
    {
        var text = TextOf(directive);
        if (!settings.InScripts)
            problems.Add(At(
                directive, ProblemCodes.PackageReference,
                $"'{text}' is a package, and 'allow_nuget_in_scripts: false' in the configuration forbids packages in scripts. Put its DLLs beside the script "
                + "and write #r \"x.dll\", or have that changed."));
        else if (PackageRequest.Parse(text) is not { } request)
            problems.Add(At(
                directive, ProblemCodes.PackageReference,
                $"'{text}' names no package. Write #r \"nuget: Humanizer.Core, 2.14.1\": the id, a comma, and a version, a range such as [1.0, 2.0), or a "
                + "floating version such as 2.*."));
        else if (settings.Allowed is { } allowed && !request.IsAmong(allowed))
            problems.Add(At(
                directive, ProblemCodes.PackageReference,
                $"The package '{request.Id}' is not among the 'allowed_packages' of the configuration ({string.Join(", ", allowed)})."));
        else
            return request;
        return null;
    }

    static PluginProblem At(ReferenceDirectiveTriviaSyntax directive, string code, string message) =>
        ScriptProblems.At(directive.File.GetLocation(), code, message);

    static string TextOf(ReferenceDirectiveTriviaSyntax directive) => directive.File.ValueText.Trim()[Beginning.Length..].Trim();
}
