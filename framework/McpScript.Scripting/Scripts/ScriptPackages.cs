using System.Collections.Immutable;
using McpScript.Configuration;
using McpScript.Model;
using McpScript.Packages;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpScript.Scripting.Scripts;

/// <summary>The packages of scripts: what their <c>#r "nuget: Id, version"</c> mean, and whether they may.</summary>
/// <param name="engine">Gets them.</param>
/// <param name="settings">What is allowed.</param>
sealed class ScriptPackages(PackageEngine engine, PackageSettings settings)
{
    const string Beginning = "nuget:";

    /// <summary>What is allowed, as one text: another text may mean another outcome for the same script.</summary>
    internal string Rules => $"{settings.InScripts} {string.Join(' ', settings.Allowed ?? ["*"])}";

    /// <summary>True for a directive that means a package.</summary>
    internal static bool IsPackage(ReferenceDirectiveTriviaSyntax directive) => directive.File.ValueText.TrimStart().StartsWith(Beginning, StringComparison.OrdinalIgnoreCase);

    /// <summary>The id of the package that a directive means.</summary>
    internal static string IdOf(ReferenceDirectiveTriviaSyntax directive) => TextOf(directive).Split(',')[0].Trim();

    /// <summary>What directives ask for, each package once.</summary>
    internal static ImmutableArray<string> AskedBy(IEnumerable<ReferenceDirectiveTriviaSyntax> directives) =>
        [.. directives.Select(directive => PackageRequest.Parse(TextOf(directive))?.ToString()).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>True if what was asked for once would come to the same packages now.</summary>
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
            // Compiling will say why.
            return false;
        }
    }

    /// <summary>One graph for all of a script's directives, for there is one version of each package in a plugin.</summary>
    internal PackageGraph Get(IReadOnlyList<ReferenceDirectiveTriviaSyntax> directives, ICollection<PluginProblem> problems, CancellationToken cancellationToken)
    {
        var requests = new Dictionary<string, PackageRequest>(StringComparer.OrdinalIgnoreCase);
        var before = problems.Count;
        foreach (var directive in directives)
            if (RequestOf(directive, problems) is { } request && !requests.TryAdd(request.Id, request) && requests[request.Id].Version != request.Version)
                problems.Add(At(directive, ProblemCodes.PackageVersions, $"'{request.Id}' is asked for in two versions, {requests[request.Id].Version} and {request.Version}. A plugin has one of each package: agree on one."));
        if (problems.Count > before)
            return PackageGraph.Empty;
        try
        {
            // Compiling is synchronous, on a thread of its own: it may as well wait for the SDK there.
            return engine.GetAsync(requests.Values, cancellationToken).GetAwaiter().GetResult();
        }
        catch (PackageException e)
        {
            foreach (var problem in e.Problems)
                problems.Add(At(directives.FirstOrDefault(directive => problem.Message.Contains(IdOf(directive), StringComparison.OrdinalIgnoreCase)) ?? directives[0], problem.Code, problem.Message));
            return PackageGraph.Empty;
        }
    }

    PackageRequest? RequestOf(ReferenceDirectiveTriviaSyntax directive, ICollection<PluginProblem> problems)
    {
        var text = TextOf(directive);
        if (!settings.InScripts)
            problems.Add(At(directive, ProblemCodes.PackageReference, $"'{text}' is a package, and 'allow_nuget_in_scripts: false' in the configuration forbids packages in scripts. Put its DLLs beside the script and write #r \"x.dll\", or have that changed."));
        else if (PackageRequest.Parse(text) is not { } request)
            problems.Add(At(directive, ProblemCodes.PackageReference, $"'{text}' names no package. Write #r \"nuget: Humanizer.Core, 2.14.1\": the id, a comma, and a version, a range such as [1.0, 2.0), or a floating version such as 2.*."));
        else if (settings.Allowed is { } allowed && !request.IsAmong(allowed))
            problems.Add(At(directive, ProblemCodes.PackageReference, $"The package '{request.Id}' is not among the 'allowed_packages' of the configuration ({string.Join(", ", allowed)})."));
        else
            return request;
        return null;
    }

    static PluginProblem At(ReferenceDirectiveTriviaSyntax directive, string code, string message) => ScriptProblems.At(directive.File.GetLocation(), code, message);

    static string TextOf(ReferenceDirectiveTriviaSyntax directive) => directive.File.ValueText.Trim()[Beginning.Length..].Trim();
}
