using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml;
using System.Xml.Linq;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>The XML comments of a prebuilt plugin, from the documentation file beside it.</summary>
static class DllDocs
{
    /// <summary>Reads the comments of the assembly's methods; empty if the file is not a documentation file.</summary>
    public static ImmutableDictionary<string, MemberDoc> Of(PEReader image, byte[] documentation)
    {
        var docs = ImmutableDictionary.CreateBuilder<string, MemberDoc>();
        var comments = Comments(documentation);
        var metadata = image.GetMetadataReader();
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
            if (comments.TryGetValue(DocumentationIds.Of(metadata, method), out var comment) && DocComment.Of(comment) is { } doc)
                docs[KeyOf(metadata, method)] = doc;
        return docs.ToImmutable();
    }

    static Dictionary<string, XElement> Comments(byte[] documentation)
    {
        try
        {
            using var stream = new MemoryStream(documentation, writable: false);
            return XDocument.Load(stream, LoadOptions.PreserveWhitespace).Descendants("member")
                .Where(member => ((string?)member.Attribute("name"))?.StartsWith("M:", StringComparison.Ordinal) ?? false)
                .DistinctBy(member => (string)member.Attribute("name")!)
                .ToDictionary(member => (string)member.Attribute("name")!);
        }
        catch (XmlException)
        {
            // Half-written, or another kind of XML: a tool without a description still works.
            return [];
        }
    }

    static string KeyOf(MetadataReader metadata, MethodDefinition method)
    {
        var parameters = method.GetParameters().Select(metadata.GetParameter)
            .Where(parameter => parameter.SequenceNumber > 0)
            .OrderBy(parameter => parameter.SequenceNumber)
            .Select(parameter => metadata.GetString(parameter.Name));
        return MemberDoc.KeyOf(DocumentationIds.NameOf(metadata, method.GetDeclaringType(), '+'), metadata.GetString(method.Name), parameters);
    }
}
