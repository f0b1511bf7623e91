using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace McpScript;

/// <summary>The <c>assert</c> of a test script. Records a failed assertion with its place and continues, so that one run shows all failures.</summary>
/// <remarks>Safe for concurrent use. The compiler fills in the last parameters of each assertion.</remarks>
public sealed class ScriptAssertions
{
    readonly Lock _lock = new();
    ImmutableArray<ScriptTestFailure> _failures = [];
    int _count;

    /// <summary>The number of assertions so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The failed assertions, in their order.</summary>
    public ImmutableArray<ScriptTestFailure> Failures
    {
        get
        {
            lock (_lock)
                return _failures;
        }
    }

    /// <summary>Asserts that a value equals the expected one; sequences are compared item by item.</summary>
    /// <returns>True if the assertion holds.</returns>
    public bool Equal<T>(
        T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Note(AreEqual(expected, actual), $"{what} is {Show(actual)}, expected {Show(expected)}", file, line);

    /// <inheritdoc cref="Equal{T}(T, T, string, string, int)"/>
    public bool Equal<T>(
        IEnumerable<T> expected, IEnumerable<T> actual, [CallerArgumentExpression(nameof(actual))] string what = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Equal<object>(expected, actual, what, file, line);

    /// <summary>Asserts that a condition is true.</summary>
    /// <returns>True if the assertion holds.</returns>
    public bool True(
        bool condition, [CallerArgumentExpression(nameof(condition))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Note(condition, $"{what} is false, expected true", file, line);

    /// <summary>Asserts that a condition is false.</summary>
    /// <returns>True if the assertion holds.</returns>
    public bool False(
        bool condition, [CallerArgumentExpression(nameof(condition))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Note(!condition, $"{what} is true, expected false", file, line);

    /// <summary>Asserts that a text contains another one.</summary>
    /// <returns>True if the assertion holds.</returns>
    public bool Contains(
        string part, string? text, [CallerArgumentExpression(nameof(text))] string what = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Note(text?.Contains(part, StringComparison.Ordinal) is true, $"{what} is {Show(text)}, expected a text with {Show(part)} in it", file, line);

    /// <summary>Asserts that an action throws an exception of a type, or of a derived type.</summary>
    /// <returns>The exception; null if there was none, or one of another type.</returns>
    public T? Throws<T>(
        Action action, [CallerArgumentExpression(nameof(action))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            return Thrown<T>(e, what, file, line);
        }
        return Thrown<T>(null, what, file, line);
    }

    /// <inheritdoc cref="Throws{T}(Action, string, string, int)"/>
    public async Task<T?> ThrowsAsync<T>(
        Func<Task> action, [CallerArgumentExpression(nameof(action))] string what = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : Exception
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return Thrown<T>(e, what, file, line);
        }
        return Thrown<T>(null, what, file, line);
    }

    /// <summary>Records a failure with a custom message.</summary>
    public void Fail(string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Note(false, message, file, line);

    T? Thrown<T>(Exception? thrown, string what, string file, int line) where T : Exception
    {
        var found = thrown is null ? "nothing" : $"{thrown.GetType().Name}: {thrown.Message}";
        Note(thrown is T, $"{what} threw {found}, expected {typeof(T).Name}", file, line);
        return thrown as T;
    }

    bool Note(bool holds, string message, string file, int line)
    {
        Interlocked.Increment(ref _count);
        if (!holds)
            lock (_lock)
                _failures = _failures.Add(new(message + ".", file, line));
        return holds;
    }

    static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (string, _) or (_, string) => Equals(a, b),
        (IDictionary first, IDictionary second) => first.Count == second.Count
            && first.Keys.Cast<object>().All(key => second.Contains(key) && AreEqual(first[key], second[key])),
        (IEnumerable first, IEnumerable second) => first.Cast<object?>().SequenceEqual(second.Cast<object?>(), SameItems.Comparer),
        _ => Equals(a, b),
    };

    static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Take(20).Select(Show))}]",
        _ => value.ToString() ?? "",
    };

    sealed class SameItems : IEqualityComparer<object?>
    {
        public static readonly SameItems Comparer = new();

        bool IEqualityComparer<object?>.Equals(object? x, object? y) => AreEqual(x, y);

        public int GetHashCode(object? item) => 0;
    }
}
