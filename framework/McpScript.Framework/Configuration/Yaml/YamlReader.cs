using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace McpScript.Configuration.Yaml;

/// <summary>Reads one YAML document into values with their places, variables expanded.</summary>
/// <remarks>Uses the parser's events, because its object model stops at the first duplicate key, and all problems must be reported at once.</remarks>
sealed class YamlReader
{
    const int MaxDepth = 64;
    readonly YamlEvents _parser;
    readonly Variables _variables;
    readonly List<YamlProblem> _problems;
    readonly Dictionary<AnchorName, YamlValue> _anchors = [];

    YamlReader(string text, Variables variables, List<YamlProblem> problems)
    {
        _parser = new YamlEvents(text);
        _variables = variables;
        _problems = problems;
    }

    /// <summary>Returns the document's value; null if it is empty, or if it is invalid and <paramref name="problems"/> has the reason.</summary>
    public static YamlValue? Read(string text, Variables variables, List<YamlProblem> problems)
    {
        try
        {
            return new YamlReader(text, variables, problems).Document();
        }
        catch (YamlException e)
        {
            // Expected for invalid YAML: the caller reports it with the other problems.
            var noticed = e.End.Line > e.Start.Line ? $" (noticed on line {e.End.Line})" : "";
            problems.Add(new YamlProblem((int)e.Start.Line, (int)e.Start.Column, $"this is not YAML: {e.Message.TrimEnd('.')}{noticed}"));
            return null;
        }
    }

    YamlValue? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var value = Value(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            Problem(second, "a second document begins here; one file holds one document");
        return value is YamlScalar { IsNull: true } ? null : value;
    }

    YamlValue Value(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Aliased(alias);
        var start = _parser.Require<NodeEvent>();
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && start.Tag.Value is not (TextTag or "tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq"))
            Problem(start, $"the tag '{start.Tag.Value}' is not supported; remove it");
        YamlValue value = start is Scalar ? ScalarValue() : depth == MaxDepth ? TooDeep(start) : start is SequenceStart ? List(depth) : Mapping(depth);
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = value;
        return value;
    }

    YamlValue Aliased(AnchorAlias alias)
    {
        if (_anchors.TryGetValue(alias.Value, out var value))
            return value;
        Problem(alias, $"'*{alias.Value}' refers to an anchor that is not complete before it");
        return Nothing(alias);
    }

    YamlScalar ScalarValue()
    {
        var scalar = _parser.Consume<Scalar>();
        var quoted = scalar.Style is not ScalarStyle.Plain || scalar.Tag.IsNonSpecific || (!scalar.Tag.IsEmpty && scalar.Tag.Value == TextTag);
        var problems = new List<string>();
        var (text, expanded) = _variables.Expand(scalar.Value, problems);
        foreach (var problem in problems)
            Problem(scalar, problem);
        // A value with a broken variable counts as empty, so that it is not also reported as a wrong type.
        return problems.Count > 0 ? Nothing(scalar) : new YamlScalar(text, scalar.Value, quoted, expanded, Line(scalar), Column(scalar));
    }

    YamlList List(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(depth + 1));
        return new YamlList(items.ToImmutable(), Line(start), Column(start));
    }

    YamlMapping Mapping(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new Dictionary<string, YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
            if (Entry(depth) is { } entry && !entries.TryAdd(entry.Key, entry))
                _problems.Add(new YamlProblem(entry.Line, entry.Column, $"duplicate key '{entry.Key}'; it is already on line {entries[entry.Key].Line}"));
        return new YamlMapping([.. entries.Values.OrderBy(entry => (entry.Line, entry.Column))], Line(start), Column(start));
    }

    YamlEntry? Entry(int depth)
    {
        if (!_parser.TryConsume<Scalar>(out var key))
        {
            Problem(_parser.Current!, "a key must be a word, not a list, mapping or alias");
            _parser.SkipThisAndNestedEvents();
            Value(depth + 1);
            return null;
        }
        var value = Value(depth + 1);
        if (key is not { Value: "<<", Style: ScalarStyle.Plain })
            return new YamlEntry(key.Value, value, Line(key), Column(key));
        Problem(key, "merge keys ('<<') are not supported; write the keys out");
        return null;
    }

    YamlScalar TooDeep(NodeEvent start)
    {
        Problem(start, $"values nested more than {MaxDepth} levels deep are not supported");
        _parser.SkipThisAndNestedEvents();
        return Nothing(start);
    }

    const string TextTag = "tag:yaml.org,2002:str";

    static YamlScalar Nothing(ParsingEvent at) => new("", "", Quoted: false, Expanded: false, Line(at), Column(at));

    static int Line(ParsingEvent at) => (int)at.Start.Line;

    static int Column(ParsingEvent at) => (int)at.Start.Column;

    void Problem(ParsingEvent at, string message) => _problems.Add(new YamlProblem(Line(at), Column(at), message));
}
