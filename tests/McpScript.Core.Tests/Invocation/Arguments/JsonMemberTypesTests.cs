using System.Text.Json;
using System.Text.Json.Serialization;
using McpScript.Invocation.Arguments;
using McpScript.Loading;

namespace McpScript.Core.Tests.Invocation.Arguments;

/// <summary>The .NET types behind JSON values are those that the serializer options read.</summary>
public class JsonMemberTypesTests
{
    static readonly JsonMemberTypes Types = new(PluginJson.CreateOptions());

    [Theory]
    [InlineData("name", typeof(string))]
    [InlineData("Name", typeof(string))]
    [InlineData("renamed", typeof(int?))]
    [InlineData("Number", null)]
    [InlineData("own", null)]
    [InlineData("none", null)]
    public void A_member_has_a_type_unless_a_converter_of_its_own_reads_it(string name, Type? type) => Assert.Equal(type,
        Types.MemberOf(typeof(Part), name));

    [Fact]
    public void Names_are_compared_as_the_options_say()
    {
        var exact = new JsonMemberTypes(new JsonSerializerOptions
        {
            PropertyNameCaseInsensitive = false,
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver()
        });

        Assert.Equal((typeof(string), null), (exact.MemberOf(typeof(Part), "Name"), exact.MemberOf(typeof(Part), "name")));
    }

    [Fact]
    public void Each_member_of_a_dictionary_has_the_type_of_its_values() =>
        Assert.Equal(typeof(decimal), Types.MemberOf(typeof(Dictionary<string, decimal>), "any"));

    [Theory]
    [InlineData(typeof(int[]), typeof(int))]
    [InlineData(typeof(List<string>), typeof(string))]
    [InlineData(typeof(IEnumerable<Part>), typeof(Part))]
    [InlineData(typeof(Dictionary<string, Guid>), typeof(Guid))]
    [InlineData(typeof(string), null)]
    [InlineData(typeof(Part), null)]
    [InlineData(typeof(Action), null)]
    public void Items_have_a_type(Type list, Type? item) => Assert.Equal(item, Types.ItemOf(list));

    [Fact]
    public void A_struct_that_may_be_null_is_read_as_the_struct()
    {
        Assert.Equal(typeof(int), Types.MemberOf(typeof(Point?), "x"));
        Assert.True(Types.IsObject(typeof(Point?)));
    }

    [Theory]
    [InlineData(typeof(Part), true, false)]
    [InlineData(typeof(Dictionary<string, int>), false, true)]
    [InlineData(typeof(int[]), false, false)]
    [InlineData(typeof(string), false, false)]
    [InlineData(typeof(Action), false, false)]
    public void Objects_and_dictionaries_are_distinguished(Type type, bool isObject, bool isDictionary) =>
        Assert.Equal((isObject, isDictionary), (Types.IsObject(type), Types.IsDictionary(type)));

    [Fact]
    public void A_type_has_a_form_unless_the_plugin_has_its_own_converter_for_it()
    {
        var own = new JsonSerializerOptions(PluginJson.CreateOptions()) { Converters = { new Words() } };

        Assert.Same(TypeForms.Of(typeof(int)), Types.FormOf(typeof(int)));
        Assert.Null(new JsonMemberTypes(own).FormOf(typeof(int)));
        Assert.Same(TypeForms.Of(typeof(Guid)), new JsonMemberTypes(own).FormOf(typeof(Guid)));
        Assert.Null(Types.FormOf(typeof(Part)));
        Assert.Null(Types.FormOf(typeof(string)));
    }

    [Fact]
    public void The_types_of_parameters_decide_which_arguments_fit()
    {
        var schema = ArgumentSchema.Of(BoundTool.Of((Point at, Dictionary<string, byte> sizes, Part part, DateOnly[] days) => 1));

        string[] problems =
        [
            "'at.x' should be an integer from -2147483648 to 2147483647, but the number 2147483648 came.",
            "'sizes.a' should be an integer from 0 to 255, but the number 256 came.",
            "'part.renamed' should be an integer from -2147483648 to 2147483647 or null, but the number 1e10 came.",
            "'days[1]' should be a date such as 2026-11-28, but the string \"x\" came.",
        ];
        Assert.Equal(problems, schema.Check(TestRequest.Arguments("""
            {"at":{"x":2147483648},"sizes":{"a":256},"part":{"name":"a","renamed":1e10,"own":5},"days":["2026-11-28","x"]}
            """)).Problems);
    }

    sealed record Part(string Name, [property: JsonPropertyName("renamed")] int? Number, [property: JsonConverter(typeof(Words))] int Own);

    record struct Point(int X);

    sealed class Words : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert,
            JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : reader.GetString()!.Length;

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
