namespace McpScript.Loading.Answers;

/// <summary>Types of FSharp.Core, recognized by name because each plugin has its own copy of the assembly.</summary>
static class FSharpTypes
{
    /// <summary>True for <c>option</c> and <c>voption</c>.</summary>
    public static bool IsOption(Type type) => Is(type, "Microsoft.FSharp.Core", "FSharpOption`1") || Is(type, "Microsoft.FSharp.Core", "FSharpValueOption`1");

    /// <summary>True for <c>Async&lt;T&gt;</c>, a computation that is not started yet.</summary>
    public static bool IsAsync(Type type) => Is(type, "Microsoft.FSharp.Control", "FSharpAsync`1");

    static bool Is(Type type, string space, string name) => type.Namespace == space && type.Name == name;
}
