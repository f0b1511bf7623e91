using System.Reflection;

namespace McpScript.Loading.Answers;

/// <summary>Declared result of a handler: the type behind <see cref="Task{T}"/>, and whether it may be null.</summary>
/// <param name="Type">The type without <c>Task</c> or <c>ValueTask</c>; <see cref="Void"/> for none.</param>
/// <param name="Nullability">Annotations of the type and of its arguments; null if there is no result.</param>
sealed record ReturnShape(Type Type, NullabilityInfo? Nullability)
{
    /// <summary>True if null is declared as a result: <c>T?</c>, <see cref="Nullable{T}"/>, or an F# option.</summary>
    /// <remarks>False without annotations: for a lambda without an explicit return type, and for an assembly compiled without nullable annotations.</remarks>
    public bool MayBeNull =>
        Nullable.GetUnderlyingType(Type) is not null || FSharpTypes.IsOption(Type) || !Type.IsValueType && Nullability?.ReadState == NullabilityState.Nullable;

    /// <summary>Reads the result of a method.</summary>
    public static ReturnShape Of(MethodInfo method, NullabilityInfoContext context)
    {
        var nullability = context.Create(method.ReturnParameter);
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask))
            return new(typeof(void), null);
        return IsTask(type)
            ? new(type.GetGenericArguments()[0], nullability.GenericTypeArguments is [var result] ? result : null)
            : new(type, nullability);
    }

    /// <summary>True for <see cref="Task{T}"/> and <see cref="ValueTask{T}"/>.</summary>
    public static bool IsTask(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
