using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using McpScript.Model;

namespace McpScript.Sources;

/// <summary>Conversion of XML comments to plain text.</summary>
static class DocComment
{
    /// <summary>Reads a comment; null if it has no text or is not XML.</summary>
    public static MemberDoc? Parse(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml))
            return null;
        try
        {
            return Of(XElement.Parse(xml, LoadOptions.PreserveWhitespace));
        }
        catch (XmlException)
        {
            // Expected for a comment that is not well-formed: to the compiler that is a warning, and a tool without a description still works.
            return null;
        }
    }

    /// <summary>Reads the comment in an element; null if it has no text.</summary>
    public static MemberDoc? Of(XElement member)
    {
        var parameters = member.Elements("param")
            .Select(param => (Name: param.Attribute("name")?.Value, Text: TextOf(param)))
            .Where(param => param.Name is not null && param.Text.Length > 0)
            .DistinctBy(param => param.Name)
            .ToImmutableDictionary(param => param.Name!, param => param.Text);
        var summary = TextOf(member.Elements("summary"));
        return summary.Length == 0 && parameters.IsEmpty ? null : new MemberDoc(summary, parameters);
    }

    static string TextOf(params IEnumerable<XNode> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes)
            Append(text, node);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    static void Append(StringBuilder text, XNode node)
    {
        if (node is XText plain)
            text.Append(plain.Value);
        if (node is not XElement element)
            return;

        // Blocks are separated by blanks; other elements are part of the line, so that "<c>x</c>," has no blank before its comma.
        var isBlock = element.Name.LocalName is "summary" or "para" or "br" or "list" or "item" or "term" or "description" or "code" or "remarks";
        if (isBlock)
            text.Append(' ');
        if (element.Nodes().Any())
            foreach (var child in element.Nodes())
                Append(text, child);
        else
            text.Append(NameIn(element));
        if (isBlock)
            text.Append(' ');
    }

    static string NameIn(XElement element) =>
        element.Attribute("cref") is { } cref ? SimpleName(cref.Value)
        : (element.Attribute("langword") ?? element.Attribute("href")
            ?? (element.Name.LocalName is "paramref" or "typeparamref" ? element.Attribute("name") : null))?.Value ?? "";

    // Readers see "M:Script.Greet(System.String)" and "!:Greet" as Greet.
    static string SimpleName(string cref)
    {
        var name = cref.Length > 1 && cref[1] == ':' ? cref[2..] : cref;
        var end = name.IndexOfAny(['(', '{', '`']);
        if (end >= 0)
            name = name[..end];
        return name[(name.LastIndexOf('.') + 1)..];
    }
}
