namespace McpScript.Core.Tests.Loading;

/// <summary>Model of one store with two keys and of two views on it, both open at the start. Each view writes a value of its own.</summary>
/// <param name="Store">For each key the stored value, or <c>-</c>.</param>
/// <param name="First">For each key what the first view has pending: a value, <c>x</c> for a removal, <c>.</c> for nothing; null once committed.</param>
/// <param name="Second">Likewise for the second view.</param>
/// <param name="Removed">Whether the last removal found something; null after any other step.</param>
sealed record TwoViewsState(string Store, string? First, string? Second, bool? Removed)
{
    public static TwoViewsState Initial { get; } = new("--", "..", "..", null);

    /// <summary>The value that a view writes.</summary>
    public static char ValueOf(int view) => view == 0 ? '1' : '2';

    /// <summary>The value that a view reads; <c>-</c> for none.</summary>
    public char Read(int view, int key) => Pending(view)?[key] switch
    {
        null or '.' => Store[key],
        'x' => '-',
        var value => value.Value,
    };

    public TwoViewsState Set(int view, int key) => Write(view, key, ValueOf(view)) with { Removed = null };

    public TwoViewsState Remove(int view, int key) => Read(view, key) == '-' ? this with { Removed = false } : Write(view, key, 'x') with { Removed = true };

    public TwoViewsState Commit(int view)
    {
        var state = With(view, null) with { Removed = null };
        for (var key = 0; key < Store.Length; key++)
            if (Pending(view)?[key] is { } pending and not '.')
                state = state.Write(view, key, pending);
        return state;
    }

    string? Pending(int view) => view == 0 ? First : Second;

    TwoViewsState Write(int view, int key, char change) => Pending(view) is { } pending
        ? With(view, Put(pending, key, change))
        : this with { Store = Put(Store, key, change == 'x' ? '-' : change) };

    TwoViewsState With(int view, string? pending) => view == 0 ? this with { First = pending } : this with { Second = pending };

    static string Put(string text, int key, char value) => $"{text[..key]}{value}{text[(key + 1)..]}";
}
