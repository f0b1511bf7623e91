using System.Reflection;

namespace McpScript.Loading.Answers;

/// <summary>Asynchronous sequences as results: collected into a list before they are serialized, because a tool result is one message.</summary>
static class AsyncSequence
{
    static readonly MethodInfo Collect = typeof(AsyncSequence).GetMethod(nameof(CollectTypedAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The element type if a type is or implements <see cref="IAsyncEnumerable{T}"/>; null otherwise.</summary>
    public static Type? ElementOf(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0];

    /// <summary>Collects an asynchronous sequence into a list; returns any other result unchanged.</summary>
    public static async ValueTask<object?> CollectAsync(object? result, CancellationToken cancellationToken)
    {
        // A type that is both (such as EF's queries) is serialized as the synchronous collection.
        if (result is null or System.Collections.IEnumerable || ElementOf(result.GetType()) is not { } element)
            return result;
        var collecting = (Task<object>)Collect.MakeGenericMethod(element)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [result, cancellationToken], null)!;
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
