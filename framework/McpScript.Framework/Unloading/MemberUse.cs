using System.Reflection.Metadata;

namespace McpScript.Unloading;

/// <summary>A use of a member of another assembly.</summary>
/// <param name="Member">The member.</param>
/// <param name="Method">The method that uses it.</param>
/// <param name="Offset">The IL offset in that method.</param>
/// <param name="AfterNull">True if a null is pushed at most four instructions before: an omitted optional argument.</param>
readonly record struct MemberUse(MemberName Member, MethodDefinitionHandle Method, int Offset, bool AfterNull);
