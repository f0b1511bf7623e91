using System.Text.Json;
using McpScript.Invocation.Arguments;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>The types of JSON Schema are read by name, and values have them.</summary>
public class JsonKindsTests
{
    static readonly string[] Names = ["string", "integer", "number", "boolean", "array", "object", "null"];

    static readonly string[] Values = ["\"a\"", "1", "1.5", "true", "[]", "{}", "null"];

    [Fact]
    public void Each_value_has_its_type_and_an_integer_is_a_number_too()
    {
        for (var name = 0; name < Names.Length; name++)
            for (var value = 0; value < Values.Length; value++)
                Assert.Equal(
                    name == value || (Names[name], Values[value]) is ("number", "1"),
                    JsonKindsExtensions.Parse(Names[name]).Have(JsonElement.Parse(Values[value])));
    }

    [Fact]
    public void All_types_are_those_that_have_names() =>
        Assert.Equal(JsonKinds.All, Names.Aggregate(JsonKinds.None, (kinds, name) => kinds | JsonKindsExtensions.Parse(name)));

    [Theory]
    [InlineData("String")]
    [InlineData("date")]
    [InlineData("")]
    [InlineData(null)]
    public void A_name_that_json_schema_does_not_have_allows_all(string? name) => Assert.Equal(JsonKinds.All, JsonKindsExtensions.Parse(name));

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1e2", true)]
    [InlineData("1.5", false)]
    public void A_whole_number_is_an_integer_however_it_is_written(string value, bool isInteger) =>
        Assert.Equal(isInteger, JsonKinds.Integer.Have(JsonElement.Parse(value)));

    [Fact]
    public void False_is_a_boolean_and_a_missing_value_has_no_type()
    {
        Assert.True(JsonKinds.Boolean.Have(JsonElement.Parse("false")));
        Assert.False(JsonKinds.All.Have(default));
        Assert.All(Values, value => Assert.False(JsonKinds.None.Have(JsonElement.Parse(value))));
    }
}
