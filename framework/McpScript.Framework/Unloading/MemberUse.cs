using System.Reflection.Metadata;

namespace McpScript.Unloading;

/// <summary>One place in code that uses a member of another assembly.</summary>
/// <param name="Member">The member.</param>
/// <param name="Method">The method that uses it.</param>
/// <param name="Offset">Where in it.</param>
/// <param name="AfterNull">True if a null was put on the stack just before: an optional argument that was left out.</param>
readonly record struct MemberUse(MemberName Member, MethodDefinitionHandle Method, int Offset, bool AfterNull);
