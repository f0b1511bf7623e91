using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace McpScript.Loading.Primitives;

/// <summary>Default name and MIME type of a resource.</summary>
static partial class ResourceNaming
{
    /// <summary>Derives a name from a URI: <c>demo://status</c> → <c>demo_status</c>; <c>notes://{id}</c> → <c>notes_id</c>.</summary>
    public static string NameOf(string uriTemplate)
    {
        var name = NotOfAName().Replace(uriTemplate, "_").Trim('_');
        return name.Length > 0 ? name : "resource";
    }

    /// <summary><c>text/plain</c> for handlers that return text; null, the SDK's default, for all others.</summary>
    public static string? MimeTypeOf(Type returnType) =>
        returnType == typeof(string) || returnType == typeof(Task<string>) || returnType == typeof(ValueTask<string>)
        || returnType == typeof(IEnumerable<string>) || returnType == typeof(TextContent) || returnType == typeof(TextResourceContents)
            ? "text/plain"
            : null;

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotOfAName();
}
