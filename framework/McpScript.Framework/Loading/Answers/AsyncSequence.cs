using System.Reflection;

namespace McpScript.Loading.Answers;

/// <summary>Results that come one by one: collected into a list before they are written, because an answer is one message.</summary>
static class AsyncSequence
{
    static readonly MethodInfo s_collect = typeof(AsyncSequence).GetMethod(nameof(CollectTypedAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The element type if a type is or implements <see cref="IAsyncEnumerable{T}"/>; null otherwise.</summary>
    public static Type? ElementOf(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0];

    /// <summary>A list of the elements; anything else as it is.</summary>
    public static async ValueTask<object?> CollectAsync(object? result, CancellationToken cancellationToken)
    {
        // What is both (such as EF's queries) is written as the ordinary collection that it also is.
        if (result is null or System.Collections.IEnumerable || ElementOf(result.GetType()) is not { } element)
            return result;
        var collecting = (Task<object>)s_collect.MakeGenericMethod(element).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [result, cancellationToken], null)!;
        return await collecting;
    }

    static async Task<object> CollectTypedAsync<T>(IAsyncEnumerable<T> sequence, CancellationToken cancellationToken)
    {
        var list = new List<T>();
        await foreach (var item in sequence.WithCancellation(cancellationToken))
            list.Add(item);
        return list;
    }
}
