using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Framework.Tests.Invocation.Arguments;

/// <summary>The whole budget of a comparison is spent once, which takes seconds. All else about arguments is in Core.Tests.</summary>
public class ArgumentBudgetTests
{
    [Fact, Trait("Fault", "B-F7")]
    public void Nested_alternatives_are_abandoned_instead_of_multiplied()
    {
        const string Schema = """
            {"type":"object","properties":{"x":{"type":"object","anyOf":[
            {"properties":{"n":{"$ref":"#/properties/x"}},"required":["z"]},{"properties":{"n":{"$ref":"#/properties/x"}},"required":["z"]}]}}}
            """;
        var value = string.Concat(Enumerable.Repeat("{\"n\":", 60)) + "1" + new string('}', 60);

        Assert.NotEmpty(ArgumentSchema.Compile(JsonElement.Parse(Schema)).Check(new Dictionary<string,
            JsonElement>
        { ["x"] = JsonElement.Parse(value) }).Problems);
    }
}
