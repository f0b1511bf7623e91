using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpScript.Loading.Primitives;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>A tool's input schema, compiled when the tool is first called and kept as long as the tool is.</summary>
sealed class ArgumentSchema
{
    // Keyed by the tool: the compiled schema goes with its generation, whose types it knows.
    static readonly ConditionalWeakTable<McpServerTool, ArgumentSchema> s_compiled = [];

    readonly SchemaNode _root;
    readonly bool _isClosed;
    readonly ObjectRules? _plain;

    ArgumentSchema(JsonElement schema, ToolBinding? binding)
    {
        _root = new SchemaCompiler(schema, binding is null ? null : new(binding.Json)).Compile(binding?.Parameters() ?? ImmutableDictionary<string, Type>.Empty);
        _isClosed = IsClosed(schema);
        _plain = _root.Others is null && _root.Objects is { IsPlain: true } plain ? plain : null;
    }

    /// <summary>The schema of a tool.</summary>
    public static ArgumentSchema Of(McpServerTool tool) => s_compiled.GetValue(tool, static tool => new(tool.ProtocolTool.InputSchema, ToolBinding.Of(tool)));

    /// <summary>A schema that belongs to no tool.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="binding">The method that its values are bound to; null for none.</param>
    public static ArgumentSchema Compile(JsonElement schema, ToolBinding? binding = null) => new(schema, binding);

    /// <summary>Compares arguments.</summary>
    /// <param name="arguments">What came.</param>
    /// <param name="showValues">False if one of them may be a secret: then only their kinds are told.</param>
    /// <param name="ignoreUnknown">Drops arguments that the tool does not have; else they are problems.</param>
    public ArgumentVerdict Check(IDictionary<string, JsonElement>? arguments, bool showValues = true, bool ignoreUnknown = false) =>
        FitsAsItCame(arguments) ? ArgumentVerdict.Fits : new ArgumentReview(_root, _isClosed, showValues, ignoreUnknown).Of(arguments ?? ImmutableDictionary<string, JsonElement>.Empty);

    /// <summary>
    /// True for nearly every call: a plain schema, and arguments that need no second look. False says only that <see cref="Check"/> has to decide.
    /// </summary>
    public bool FitsAsItCame(IDictionary<string, JsonElement>? arguments)
    {
        if (_plain is null)
            return false;
        foreach (var name in _plain.Required)
            if (arguments?.ContainsKey(name) is not true)
                return false;
        if (arguments is null || arguments.Count == 0)
            return true;
        var walk = new ArgumentWalk(null, false);
        foreach (var (name, value) in arguments)
            if (_plain.Properties.TryGetValue(name, out var schema) ? !schema.Check(value, "", ref walk) : _isClosed || _plain.Others is not null)
                return false;
        return !walk.NeedsRewrite;
    }

    // A schema that names its properties and does not say that others are welcome: an unknown argument is a misspelt one.
    static bool IsClosed(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return false;
        if (schema.TryGetProperty("additionalProperties", out var additional))
            return additional.ValueKind == JsonValueKind.False;
        string[] others = ["patternProperties", "allOf", "anyOf", "oneOf", "$ref", "if", "dependentSchemas"];
        return !others.Any(keyword => schema.TryGetProperty(keyword, out _));
    }
}
