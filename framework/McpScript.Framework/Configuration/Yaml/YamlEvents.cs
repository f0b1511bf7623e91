using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace McpScript.Configuration.Yaml;

/// <summary>The parser's events; whatever is wrong with the text comes as a <see cref="YamlException"/> with a place.</summary>
sealed class YamlEvents(string text) : IParser
{
    readonly Parser _parser = new(new StringReader(text));

    /// <inheritdoc/>
    public ParsingEvent? Current => _parser.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Found by feeding the parser (YamlDotNet 18.1) 300,000 mutated texts: an open brace before 'key: value' is an
            // InvalidOperationException to it, a tag such as '!!st]' an ArgumentException. It got as far as the last event.
            var place = Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "A bracket, brace or quote is not closed here or soon after, or a tag is not valid.", e);
        }
    }
}
