using System.Collections.Immutable;
using System.Reflection;

namespace McpScript.Model;

/// <summary>Texts of a method's XML comment.</summary>
/// <param name="Summary">The text of <c>&lt;summary&gt;</c>, white space folded; empty if there is none.</param>
/// <param name="Parameters">The text of each <c>&lt;param&gt;</c>, by name.</param>
sealed record MemberDoc(string Summary, ImmutableDictionary<string, string> Parameters)
{
    /// <summary>The key of a method in <see cref="AssemblyImage.Docs"/>.</summary>
    public static string KeyOf(MethodInfo method) =>
        KeyOf(TypeOf(method)?.FullName ?? "", method.Name, method.GetParameters().Select(parameter => parameter.Name ?? ""));

    // A method inherited from Base<Note> is documented at Base<T>.
    static Type? TypeOf(MethodInfo method) =>
        method.DeclaringType is { IsConstructedGenericType: true } type ? type.GetGenericTypeDefinition() : method.DeclaringType;

    /// <summary>The key of a method by the metadata name of its type (nested ones with <c>+</c>), its name, and its parameters' names.</summary>
    public static string KeyOf(string typeName, string method, IEnumerable<string> parameters) =>
        $"{typeName}::{method}({string.Join(',', parameters)})";
}
