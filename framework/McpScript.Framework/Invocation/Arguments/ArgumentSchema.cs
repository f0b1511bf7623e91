using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpScript.Loading.Primitives;
using ModelContextProtocol.Server;

namespace McpScript.Invocation.Arguments;

/// <summary>A tool's input schema, compiled at the tool's first call and cached as long as the tool exists. Thread-safe.</summary>
sealed class ArgumentSchema
{
    // Keyed by the tool: the compiled schema is collected with its generation, whose types it references.
    static readonly ConditionalWeakTable<McpServerTool, ArgumentSchema> Compiled = [];

    readonly SchemaNode _root;
    readonly bool _isClosed;
    readonly ObjectRules? _plain;

    ArgumentSchema(JsonElement schema, ToolBinding? binding)
    {
        var types = binding is null ? null : new JsonMemberTypes(binding.Json);
        _root = new SchemaCompiler(schema, types).Compile(binding?.Parameters() ?? ImmutableDictionary<string, Type>.Empty);
        _isClosed = IsClosed(schema);
        _plain = _root.Others is null && _root.Objects is { IsPlain: true } plain ? plain : null;
    }

    /// <summary>Returns the schema of a tool.</summary>
    public static ArgumentSchema Of(McpServerTool tool) =>
        Compiled.GetValue(tool, static tool => new(tool.ProtocolTool.InputSchema, ToolBinding.Of(tool)));

    /// <summary>Compiles a schema that belongs to no tool.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="binding">The method that reads the values; null for none.</param>
    public static ArgumentSchema Compile(JsonElement schema, ToolBinding? binding = null) => new(schema, binding);

    /// <summary>Checks arguments.</summary>
    /// <param name="arguments">The arguments of the call.</param>
    /// <param name="showValues">False if a value may be a secret: then problems name only its kind.</param>
    /// <param name="ignoreUnknown">True to drop arguments that the tool does not have; false to report them.</param>
    public ArgumentVerdict Check(IDictionary<string, JsonElement>? arguments, bool showValues = true, bool ignoreUnknown = false) =>
        FitsAsItCame(arguments)
            ? ArgumentVerdict.Fits
            : new ArgumentReview(_root, _isClosed, showValues, ignoreUnknown).Of(arguments ?? ImmutableDictionary<string, JsonElement>.Empty);

    /// <summary>
    /// The quick check: returns true for nearly every call, with a plain schema and valid arguments. False means only that <see cref="Check"/> must decide.
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

    // A schema that lists properties and does not allow others explicitly: an unknown argument is most likely a typo.
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
