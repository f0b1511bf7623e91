namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Bounds of numbers hold exactly, as far as .NET has exact numbers.</summary>
public class NumberRulesTests
{
    [Theory]
    [InlineData("""{"minimum":1}""", "1", "0.999999999999999999999")]
    [InlineData("""{"exclusiveMinimum":1}""", "1.0000000000000000001", "1")]
    [InlineData("""{"maximum":1}""", "1.0", "1.0000000000000000001")]
    [InlineData("""{"exclusiveMaximum":1}""", "0.9999999999999999999", "1.0")]
    [InlineData("""{"minimum":-2,"maximum":2}""", "-2", "-2.5")]
    [InlineData("""{"minimum":-2,"maximum":2}""", "2", "2.5")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":2}""", "3", "2")]
    [InlineData("""{"maximum":2,"exclusiveMaximum":1}""", "0", "1")]
    [InlineData("""{"minimum":1e100}""", "1e100", "1e99")]
    [InlineData("""{"maximum":1e100}""", "1e100", "1e101")]
    [InlineData("""{"exclusiveMaximum":1e100}""", "1e99", "1e100")]
    [InlineData("""{"minimum":79228162514264337593543950336}""", "1e29", "1")]
    [InlineData("""{"multipleOf":3}""", "9", "10")]
    [InlineData("""{"multipleOf":3}""", "-9.0", "0.3")]
    [InlineData("""{"multipleOf":0.01}""", "4.35", "4.355")]
    [InlineData("""{"multipleOf":2e40}""", "2e40", "1e40")]
    [InlineData("""{"multipleOf":2}""", "1e40", "1")]
    [InlineData("""{"multipleOf":1,"maximum":3}""", "3", "4")]
    [InlineData("""{"multipleOf":1,"maximum":3}""", "2", "2.5")]
    public void A_bound_holds(string schema, string good, string bad)
    {
        Assert.True(SchemaCheck.Fits(schema, good));
        Assert.False(SchemaCheck.Fits(schema, bad));
    }

    [Theory]
    [InlineData("""{"multipleOf":0}""", "7")]
    [InlineData("""{"multipleOf":1e-400}""", "1e300")]
    [InlineData("""{"minimum":5}""", "\"1\"")]
    [InlineData("""{"minimum":"5"}""", "1")]
    [InlineData("""{"multipleOf":[2]}""", "1")]
    [InlineData("""{"minimum":-1e999}""", "-1e999")]
    public void A_value_to_which_no_rule_applies_is_valid(string schema, string value) => Assert.True(SchemaCheck.Fits(schema, value));

    [Theory]
    [InlineData("""{"type":"integer","minimum":1,"maximum":10}""", "an integer from 1 to 10")]
    [InlineData("""{"type":"number","minimum":1}""", "a number of at least 1")]
    [InlineData("""{"type":"number","maximum":1.50}""", "a number of at most 1.50")]
    [InlineData("""{"type":"number","exclusiveMinimum":1}""", "a number greater than 1")]
    [InlineData("""{"type":"number","exclusiveMaximum":1}""", "a number less than 1")]
    [InlineData("""{"type":"number","exclusiveMinimum":1,"maximum":2}""", "a number greater than 1 and of at most 2")]
    [InlineData(
        """{"type":"number","minimum":1,"exclusiveMinimum":2,"maximum":8,"exclusiveMaximum":9}""",
        "a number of at least 1 and greater than 2 and of at most 8 and less than 9")]
    [InlineData("""{"type":"integer","multipleOf":5}""", "an integer that is a multiple of 5")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":10,"multipleOf":5}""", "an integer from 1 to 10 that is a multiple of 5")]
    [InlineData("""{"type":"integer","minimum":1,"multipleOf":5}""", "an integer of at least 1 that is a multiple of 5")]
    [InlineData("""{"type":["integer","null"],"minimum":1}""", "an integer of at least 1 or null")]
    public void The_description_names_the_bounds(string schema, string words) =>
        Assert.Equal($"'x' should be {words}, but the string \"a\" came.", Assert.Single(SchemaCheck.Problems(schema, "\"a\"")));

    [Fact]
    public void A_number_that_is_out_of_bounds_is_reported_with_them() =>
        Assert.Equal(
            "'x' should be an integer from 1 to 10, but the number 11 came.",
            Assert.Single(SchemaCheck.Problems("""{"type":"integer","minimum":1,"maximum":10}""", "11")));
}
