using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>Generated JSON of which is known what in it is secret. All secrets begin with a capital Q or with 70000, and nothing else has those.</summary>
/// <param name="Plain">The value.</param>
/// <param name="Secret">The same value as it stands under the name of a secret: all in it is secret.</param>
/// <param name="Masked">The first value with a mark in place of each value under the name of a secret.</param>
/// <param name="Secrets">The secret texts and numbers in the first value.</param>
sealed record SecretTree(JsonNode? Plain, JsonNode? Secret, JsonNode? Masked, ImmutableArray<string> Secrets)
{
    static readonly Gen<string> Before = Gen.OneOf("", "x", "my-", "größe_", "a'b ", "q\"r\\");

    static readonly Gen<string> Within = Gen.OneOf("", "-", "_", " ", ".", "'", "\"", "\\");

    static readonly Gen<string> After = Gen.OneOf("", "s", "_2", "Value");

    static readonly Gen<(string Name, bool IsHidden)> Hidden = Gen.Select(
        Before, Gen.OneOf(Redaction.DefaultNames.ToArray()), Within, Gen.Int[1, 3], Gen.Bool, After,
        (before, name, within, at, upper, after) => (before + (upper ? name.ToUpperInvariant() : name).Insert(at, within) + after, true));

    static readonly Gen<(string Name, bool IsHidden)> Open =
        Gen.OneOf("user", "id", "größe", "Name", "it's", "a\"b", "c\\d", "key", "pass", "", "x y").Select(name => (name, false));

    static readonly Gen<SecretTree> Text = Gen.Select(Gen.Int[0, 3], Gen.Char["xy\"\\'/<&ü€ \n{}[],"].Array[0, 24])
        .Select((number, letters) => Leaf(new string(letters), $"Q{number}Z{new string(letters)}Z"));

    // So long and so alike that their beginnings are found in each other.
    static readonly Gen<SecretTree> Token = Gen.Select(Gen.Int[0, 3], Gen.Char["xy"].Array[14, 24])
        .Select((number, letters) => Leaf(new string(letters), $"QtheSameBeginning{number}{new string(letters)}"));

    static readonly Gen<SecretTree> LeafGen = Gen.OneOf(
        Text, Token, Gen.Int[0, 99].Select(number => Leaf(number, 7_000_000 + number)), Gen.Bool.Select(flag => new SecretTree(flag, flag, flag, [])),
        Gen.Const(new SecretTree(null, null, null, [])));

    /// <summary>A value of any shape.</summary>
    public static Gen<SecretTree> Any { get; } = Gen.Recursive<SecretTree>((depth, inner) => depth >= 3 ? LeafGen : Gen.Frequency((3, LeafGen), (1,
        inner.List[0, 3].Select(Array)), (3, Objects(inner))));

    /// <summary>An object.</summary>
    public static Gen<SecretTree> Object { get; } = Objects(Any);

    static Gen<SecretTree> Objects(Gen<SecretTree> inner) =>
        Gen.Select(Gen.Frequency((2, Open), (1, Hidden)), inner).List[0, 4].Select(members => Of([.. members.DistinctBy(member => member.Item1.Name)]));

    static SecretTree Leaf(JsonNode plain, JsonNode secret) => new(plain, secret, plain, []);

    static SecretTree Array(List<SecretTree> items) => new(
        new JsonArray([.. items.Select(item => item.Plain?.DeepClone())]), new JsonArray([.. items.Select(item => item.Secret?.DeepClone())]),
        new JsonArray([.. items.Select(item => item.Masked?.DeepClone())]), [.. items.SelectMany(item => item.Secrets)]);

    static SecretTree Of(ImmutableArray<((string Name, bool IsHidden) Key, SecretTree Value)> members) => new(
        Members(members, (hidden, value) => hidden ? value.Secret : value.Plain), Members(members, (_, value) => value.Secret),
        Members(members, (hidden, value) => hidden ? Redaction.Mark : value.Masked),
        [.. members.SelectMany(member => member.Key.IsHidden ? Leaves(member.Value.Secret) : member.Value.Secrets)]);

    static JsonObject Members(ImmutableArray<((string Name, bool IsHidden) Key, SecretTree Value)> members, Func<bool, SecretTree, JsonNode?> valueOf) =>
        new(members.Select(member => KeyValuePair.Create(member.Key.Name, valueOf(member.Key.IsHidden, member.Value)?.DeepClone())));

    static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(Leaves),
        JsonObject members => members.SelectMany(member => Leaves(member.Value)),
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.String or System.Text.Json.JsonValueKind.Number => [value.ToString()],
        _ => [],
    };
}
