using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace McpScript.Unloading;

/// <summary>Scans the IL of an assembly for uses of members of other assemblies.</summary>
static class IlScanner
{
    static readonly FrozenDictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Value & 0xFFFF);

    /// <summary>Returns all uses, in the order of the code.</summary>
    public static IEnumerable<MemberUse> Uses(PEReader image, MetadataReader metadata)
    {
        foreach (var method in metadata.MethodDefinitions)
            if (metadata.GetMethodDefinition(method) is { RelativeVirtualAddress: not 0 } definition
                && (definition.ImplAttributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.IL)
                foreach (var use in Uses(metadata, method, image.GetMethodBody(definition.RelativeVirtualAddress)))
                    yield return use;
    }

    static List<MemberUse> Uses(MetadataReader metadata, MethodDefinitionHandle method, MethodBodyBlock body)
    {
        var uses = new List<MemberUse>();
        var code = body.GetILReader();
        var sinceNull = int.MaxValue;
        while (code.RemainingBytes > 0)
        {
            var offset = code.Offset;
            var first = code.ReadByte();
            if (!OpCodesByValue.TryGetValue(first == 0xFE ? 0xFE00 | code.ReadByte() : first, out var instruction))
                break; // Unknown opcode, which no compiler writes: skip the rest of the method.
            sinceNull = instruction == OpCodes.Ldnull ? 0 : sinceNull == int.MaxValue ? sinceNull : sinceNull + 1;
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineTok)
            {
                if (MemberName.Of(metadata, MetadataTokens.EntityHandle(code.ReadInt32())) is { } member)
                    uses.Add(new(member, method, offset, sinceNull <= 4));
            }
            else
                Skip(ref code, instruction.OperandType);
        }
        return uses;
    }

    static void Skip(ref BlobReader code, OperandType operand)
    {
        if (operand == OperandType.InlineSwitch)
            code.Offset += 4 * code.ReadInt32();
        else
            code.Offset += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                _ => 4,
            };
    }
}
