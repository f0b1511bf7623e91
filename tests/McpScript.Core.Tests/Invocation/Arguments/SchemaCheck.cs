using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Arguments compared with schemas that tests write.</summary>
static class SchemaCheck
{
    /// <summary>The problems of one argument <c>x</c> with a schema of its own.</summary>
    /// <param name="schema">The schema of <c>x</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="root">Further members of the tool's schema, each with a comma before it.</param>
    public static IReadOnlyList<string> Problems(string schema, string value, string root = "") =>
        Compile($$$"""{"type":"object","properties":{"x":{{{schema}}}}{{{root}}}}""").Check(TestRequest.Arguments($$"""{"x":{{value}}}""")).Problems;

    /// <summary>A tool's schema, compiled.</summary>
    public static ArgumentSchema Compile(string schema) => ArgumentSchema.Compile(JsonElement.Parse(schema));

    /// <summary>The verdict about arguments.</summary>
    public static ArgumentVerdict Check(string schema, string arguments,
        bool ignoreUnknown = false) => Compile(schema).Check(TestRequest.Arguments(arguments), ignoreUnknown: ignoreUnknown);

    /// <summary>One schema, compiled.</summary>
    public static SchemaNode Node(string schema) => new SchemaCompiler(JsonElement.Parse(schema), null).Compile(new Dictionary<string, Type>());

    /// <summary>Whether a value fits a schema as JSON Schema has it: null stands for no absent member.</summary>
    public static bool Fits(string schema, string value)
    {
        var walk = new ArgumentWalk(null, true) { Alternatives = 1 };
        return Node(schema).Check(JsonElement.Parse(value), "", ref walk);
    }
}
