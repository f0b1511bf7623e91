using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using McpScript.Loading;
using McpScript.Loading.Answers;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpScript.Core.Tests.Loading.Answers;

/// <summary>Generated return types and values: an answer fits the listed schema or is an error; without a schema, it equals what the server computes.</summary>
[Trait("Fault", "A1")]
[Trait("Fault", "B-F3")]
public class AnswerSchemaProperties
{
    static readonly JsonSerializerOptions Json = PluginJson.CreateOptions();

    static readonly Type[] Leaves =
    [
        typeof(string), typeof(int), typeof(int?), typeof(double), typeof(bool?), typeof(DateTime), typeof(DateTimeOffset?), typeof(TimeOnly), typeof(Guid),
        typeof(Uri), typeof(Size), typeof(Size?),
        typeof(decimal), typeof(char), typeof(byte[]), typeof(Leaf), typeof(Tree), typeof(Shape), typeof(Point), typeof(Point?), typeof(object),
    ];

    static readonly Func<Type, Type>[] Wrappers =
    [
        inner => inner.MakeArrayType(), inner => typeof(List<>).MakeGenericType(inner), inner => typeof(Dictionary<,>).MakeGenericType(typeof(string), inner),
        inner => typeof(Page<>).MakeGenericType(inner),
        inner => typeof(IReadOnlyList<>).MakeGenericType(inner), inner => typeof(ValueTuple<,>).MakeGenericType(typeof(int), inner),
    ];

    static readonly Gen<Type> Types =
        Gen.Int[0, Leaves.Length - 1].Select(
            Gen.Int[0, Wrappers.Length - 1].List[0, 3], (leaf, wrappers) => wrappers.Aggregate(Leaves[leaf], (type, wrap) => Wrappers[wrap](type)));

    [Fact]
    public void Answers_fit_the_schema_or_are_errors() => Types.Select(Gen.UInt, Gen.Bool, (type, seed, nullable) => (type, seed, nullable)).Sample(
        sample => Check(sample.type, sample.seed, sample.nullable), iter: 150, print: sample =>
            $"{TypeName.Of(sample.type)} {sample.seed} nullable={sample.nullable}");

    static void Check(Type type, uint seed, bool nullable)
    {
        var result = new ReturnShape(type, Annotated(type, nullable));
        var natural = AIJsonUtilities.CreateJsonSchema(type, serializerOptions: Json);
        var schema = new AnswerSchema(Json, new()).Of(natural, result);
        if (result.MayBeNull)
            schema = AnswerSchema.Wrap(schema, Json);
        var form = new AnswerForm("it", schema, result.MayBeNull, type, Json);
        var value = new Values(seed).Of(type, depth: 0);
        object? answer;
        try
        {
            answer = form.OfAsync(value, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        }
        catch (McpException e)
        {
            // Only a promise that the value breaks may end so.
            Assert.Contains("null", e.Message, StringComparison.Ordinal);
            return;
        }
        if (answer is string text)
            answer = JsonSerializer.SerializeToElement(text, Json);
        ListedSchema.Fits(schema, answer is CallToolResult complete ? complete.StructuredContent : (JsonElement)answer!, TypeName.Of(type));
    }

    // A real annotation on a real return parameter: T? or T, with arguments that promise nothing.
    static NullabilityInfo Annotated(Type type, bool nullable) =>
        new NullabilityInfoContext().Create(typeof(AnswerSchemaProperties)
            .GetMethod(nullable && !type.IsValueType ? nameof(MayBe) : nameof(Is), BindingFlags.Static | BindingFlags.NonPublic)!.ReturnParameter);

    static object? MayBe() => null;

    static object Is() => "";

    enum Size { Small, Large }

    sealed record Leaf(
        string Name, string? Note, Size? Size, DateTime At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Left);

    sealed record Tree(string Name, Tree? Next, List<Tree> Kids, Dictionary<string, Tree?> More);

    sealed record Page<T>(T Item, List<T> Items, T? Maybe);

    record struct Point(int X, string? Y);

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    abstract record Shape;

    sealed record Circle(double Radius) : Shape;

    sealed record Square(string? Side) : Shape;

    sealed class Values(uint seed)
    {
        readonly Random _random = new((int)seed);

        public object? Of(Type type, int depth)
        {
            if (!type.IsValueType && _random.Next(5) == 0 || Nullable.GetUnderlyingType(type) is not null && _random.Next(3) == 0)
                return null;
            type = Nullable.GetUnderlyingType(type) ?? type;
            return Leaf(type) ?? Made(type, depth + 1);
        }

        object? Leaf(Type type) => type == typeof(string) || type == typeof(object) ? "text" : type == typeof(int) ? _random.Next()
            : type == typeof(double) ? _random.NextDouble()
            : type == typeof(bool) ? _random.Next(2) == 0
                : type == typeof(DateTime) ? new DateTime(2026, 1, 1 + _random.Next(28), 1, 2, 3, (DateTimeKind)_random.Next(3))
            : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch.AddSeconds(_random.Next())
                : type == typeof(TimeOnly) ? new TimeOnly(_random.Next(24), 1)
            : type == typeof(Guid) ? new Guid(_random.Next(), 1, 2, new byte[8])
                : type == typeof(Uri) ? new Uri(_random.Next(2) == 0 ? "http://x/y" : "a/b c", UriKind.RelativeOrAbsolute)
            : type == typeof(Size) ? (Size)_random.Next(2) : type == typeof(decimal) ? 1.5m : type == typeof(char) ? 'x'
                : type == typeof(byte[]) ? new byte[] { 1, 2 } : null;

        object Made(Type type, int depth)
        {
            if (type == typeof(Shape))
                return _random.Next(2) == 0 ? new Circle(1) : new Square((string?)Of(typeof(string), depth));
            if (type.IsArray)
                return Fill((System.Collections.IList)Array.CreateInstance(type.GetElementType()!, Count(depth)), type.GetElementType()!, depth);
            if (type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(element)))
            {
                var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
                for (var i = Count(depth); i > 0; i--)
                    list.Add(Of(element, depth));
                return list;
            }
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
            {
                var map = (System.Collections.IDictionary)Activator.CreateInstance(type)!;
                for (var i = Count(depth); i > 0; i--)
                    map[$"k{i}"] = Of(type.GetGenericArguments()[1], depth);
                return map;
            }
            var constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length)!;
            return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, depth))]);
        }

        System.Collections.IList Fill(System.Collections.IList array, Type element, int depth)
        {
            for (var i = 0; i < array.Count; i++)
                array[i] = Of(element, depth);
            return array;
        }

        int Count(int depth) => depth > 4 ? 0 : _random.Next(3);
    }
}
