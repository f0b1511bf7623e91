using System.Collections.Immutable;
using McpScript.Model;
using McpScript.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpScript.Scripting.Scripts;

/// <summary>XML comments of a script's methods: top-level ones, and those of its classes.</summary>
static class ScriptDocs
{
    /// <summary>Reads the comments, by <see cref="MemberDoc.KeyOf(string, string, IEnumerable{string})"/>.</summary>
    public static ImmutableDictionary<string, MemberDoc> Of(CSharpCompilation compilation, CancellationToken cancellationToken)
    {
        var docs = ImmutableDictionary.CreateBuilder<string, MemberDoc>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var documented = Methods(tree.GetRoot(cancellationToken)).Where(IsDocumented).ToList();
            if (documented.Count == 0)
                continue;
            var model = compilation.GetSemanticModel(tree);
            foreach (var method in documented.Select(syntax => model.GetDeclaredSymbol(syntax, cancellationToken)).OfType<IMethodSymbol>())
            {
                if (DocComment.Parse(method.GetDocumentationCommentXml(cancellationToken: cancellationToken)) is { } doc)
                    docs[MemberDoc.KeyOf(NameOf(method.ContainingType), method.MetadataName, method.Parameters.Select(parameter => parameter.Name))] = doc;
            }
        }
        return docs.ToImmutable();
    }

    static IEnumerable<MethodDeclarationSyntax> Methods(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<MethodDeclarationSyntax>();

    static bool IsDocumented(MethodDeclarationSyntax method) => method.GetLeadingTrivia().Any(trivia =>
        trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia));

    // In the format of Type.FullName.
    static string NameOf(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{NameOf(outer)}+{type.MetadataName}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;
}
