using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpScript.Invocation.Arguments;
using McpScript.Loading;
using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>Exceptions of System.Text.Json become sentences: the place, what fits there, what came.</summary>
public class JsonMisfitTests
{
    static readonly JsonSerializerOptions Json = PluginJson.CreateOptions();

    [Theory]
    [InlineData(typeof(int), "\"a\"", "'x' should be an integer from -2147483648 to 2147483647, but the string \"a\" came.")]
    [InlineData(typeof(bool), "1", "'x' should be a boolean, but the number 1 came.")]
    [InlineData(typeof(string), "1", "'x' should be a string, but the number 1 came.")]
    [InlineData(
        typeof(DayOfWeek), "\"Someday\"",
        "'x' should be one of \"Sunday\", \"Monday\", \"Tuesday\", \"Wednesday\", \"Thursday\", \"Friday\", \"Saturday\", but the string \"Someday\" came.")]
    [InlineData(typeof(Shade), "\"red\"", "'x' should be one of \"Dark\", \"Light\", but the string \"red\" came.")]
    [InlineData(typeof(Shade?), "\"red\"", "'x' should be one of \"Dark\", \"Light\" or null, but the string \"red\" came.")]
    [InlineData(typeof(byte?), "300", "'x' should be an integer from 0 to 255 or null, but the number 300 came.")]
    [InlineData(typeof(int[]), "{}", "'x' should be an array, but the object {} came.")]
    [InlineData(typeof(List<string>), "1", "'x' should be an array, but the number 1 came.")]
    [InlineData(typeof(Dictionary<string, int>), "[]", "'x' should be an object, but the array [] came.")]
    [InlineData(typeof(Order), "[]", "'x' should be an object, but the array [] came.")]
    [InlineData(typeof(JsonObject), "[]", "'x' should be an object, but the array [] came.")]
    [InlineData(typeof(Tool), "[]", "'x' should be an object, but the array [] came.")]
    [InlineData(typeof(int[]), "[1,\"a\"]", "'x[1]' should be an integer from -2147483648 to 2147483647, but the string \"a\" came.")]
    [InlineData(typeof(Order), """{"count":"a"}""", "'x.count' should be an integer from -2147483648 to 2147483647, but the string \"a\" came.")]
    [InlineData(
        typeof(Order), """{"lines":[{"price":1},{"price":"a"}]}""",
        "'x.lines[1].price' should be a number from -79228162514264337593543950335 to 79228162514264337593543950335, but the string \"a\" came.")]
    [InlineData(typeof(Order), """{"tags":{"a.b":[1]}}""", "'x.tags.a.b' should be a string, but the array [1] came.")]
    [InlineData(typeof(Order), """{"tags":{"a":[1]}}""", "'x.tags.a' should be a string, but the array [1] came.")]
    [InlineData(
        typeof(Dictionary<string, Order>), """{"k":{"count":true}}""",
        "'x.k.count' should be an integer from -2147483648 to 2147483647, but the boolean true came.")]
    public void A_problem_names_the_place_and_what_fits_there(Type type, string value, string problem) => Assert.Equal(problem, Misfit(type, value));

    [Fact]
    public void Missing_required_members_are_reported_one_by_one()
    {
        Assert.Equal(
            "'x.id' is missing; it should be a UUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff. 'x.note' is missing; it should be a string.",
            Misfit(typeof(Strict), "{}"));
        Assert.Equal("'x.note' is missing; it should be a string.", Misfit(typeof(Strict), """{"id":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}"""));
        Assert.Equal("'x[0].note' is missing; it should be a string.", Misfit(typeof(Strict[]), """[{"id":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}]"""));
    }

    [Fact]
    public void A_value_without_a_name_is_reported_as_this()
    {
        Assert.Equal("This should be a boolean, but the number 1 came.", Misfit(typeof(bool), "1", name: ""));
        Assert.Equal(
            "'count' should be an integer from -2147483648 to 2147483647, but the string \"a\" came.", Misfit(typeof(Order), """{"count":"a"}""", name: ""));
    }

    [Fact]
    public void A_value_that_may_be_secret_is_reported_by_its_kind() =>
        Assert.Equal(
            "'x.count' should be an integer from -2147483648 to 2147483647, but a value of the kind 'string' came.",
            Misfit(typeof(Order), """{"count":"hunter2"}""", showValues: false));

    [Fact]
    public void A_type_without_a_description_expects_a_value_that_fits_there() =>
        Assert.Equal("'x' should be a value that fits there, but the number 1 came.", Text(typeof(JsonElement), "1", new JsonException("no", "$", null,
            null)));

    [Theory]
    [InlineData("$", "'x'")]
    [InlineData("", "'x'")]
    [InlineData(null, "'x'")]
    [InlineData("$.lines", "'x.lines'")]
    [InlineData("$.lines[0]", "'x.lines[0]'")]
    [InlineData("$.lines[1]", "'x.lines'")]
    [InlineData("$.lines[99999999999]", "'x.lines'")]
    [InlineData("$.lines.price", "'x.lines'")]
    [InlineData("$[0]", "'x'")]
    [InlineData("$.none.price", "'x'")]
    [InlineData("$['tags']['a.b']", "'x.tags.a.b'")]
    [InlineData("$.tags.a", "'x.tags'")]
    [InlineData("$.lines[0].price.more", "'x.lines[0].price'")]
    public void A_path_is_followed_as_far_as_it_leads(string? path, string place) =>
        Assert.StartsWith(
            $"{place} should be", Text(typeof(Order), """{"lines":[{"price":1}],"tags":{"a.b":"c"}}""", new JsonException("no", path, null, null)));

    [Fact]
    public void A_member_that_its_type_does_not_have_gets_no_description() =>
        Assert.Equal(
            "'x.other' should be a value that fits there, but the number 1 came.",
            Text(typeof(Order), """{"other":1}""", new JsonException("no", "$.other", null, null)));

    [Theory]
    [InlineData(typeof(string), "a string")]
    [InlineData(typeof(bool?), "a boolean or null")]
    [InlineData(typeof(object), null)]
    [InlineData(typeof(List<ContentBlock>), "an array")]
    [InlineData(typeof(Uri), "a URI such as https://example.com/page")]
    public void A_type_has_a_description(Type type, string? words) => Assert.Equal(words, new JsonMisfit(type, Json).Words(type));

    [Fact]
    public void Thirty_members_of_a_large_enum_are_listed() =>
        Assert.Equal(30, new JsonMisfit(typeof(ConsoleKey), Json).Words(typeof(ConsoleKey))!.Split(", ").Length);

    static string Misfit(Type type, string value, string name = "x", bool showValues = true)
    {
        var json = JsonElement.Parse(value);
        var error = Assert.ThrowsAny<JsonException>(() => json.Deserialize(Json.GetTypeInfo(type)));
        return new JsonMisfit(type, Json).Text(name, json, error, showValues);
    }

    static string Text(Type type, string value, JsonException error) =>
        new JsonMisfit(type, Json).Text("x", JsonElement.Parse(value), error, showValues: true);

    [JsonConverter(typeof(JsonStringEnumConverter))]
    enum Shade { Dark, Light }

    sealed record Order(int Count, Line[] Lines, Dictionary<string, string> Tags);

    sealed record Line(decimal Price);

    sealed class Strict
    {
        public required Guid Id { get; init; }

        public required string Note { get; init; }
    }
}
