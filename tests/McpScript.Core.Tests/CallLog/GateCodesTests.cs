using System.Text.Json;
using McpScript.CallLog;

namespace McpScript.Core.Tests.CallLog;

/// <summary>A call that may unlock the gate is known by its tool or by a parameter that names one, and all of it but the group may be the code.</summary>
public class GateCodesTests
{
    [Theory]
    [InlineData("gate_unlock", true)]
    [InlineData("Gate-Unlock", true)]
    [InlineData("gate_unlok", true)]
    [InlineData("GATE UNL", true)]
    [InlineData("my.gate1.unlocker", true)]
    [InlineData("gate_lock", false)]
    [InlineData("gate_status", false)]
    [InlineData("unlock_gate", false)]
    [InlineData("g_a_t_e_unlock", false)]
    [InlineData("gate_un_lock", true)]
    [InlineData("echo", false)]
    [InlineData("", false)]
    public void A_tool_that_may_take_a_code_is_recognized_by_the_prefix_of_its_name(string tool, bool mayBe)
    {
        Assert.Equal(mayBe, GateCodes.MayBeOf(tool));
        Assert.Equal(mayBe, GateCodes.MayBeIn(Some.ToolCall(tool)));
    }

    [Theory]
    [InlineData("""{"tool":"gate_unlock"}""", true)]
    [InlineData("""{"a":1,"b":"Gate_Unlok"}""", true)]
    [InlineData("""{"tool":"gate_unlock_______________________________"}""", false)]
    [InlineData("""{"tool":"gate_unlock___________________________"}""", true)]
    [InlineData("""{"tool":{"name":"gate_unlock"}}""", false)]
    [InlineData("""{"tool":"gate_unlock\ud800"}""", false)]
    [InlineData("""{"gate_unlock":"echo"}""", false)]
    [InlineData("{}", false)]
    public void A_call_through_another_tool_is_recognized_by_a_parameter_that_names_the_gate(string parameters, bool mayBe) =>
        Assert.Equal(mayBe, GateCodes.MayBeIn(Some.ToolCall("proxy__run", parameters)));

    [Theory]
    [InlineData("code", "\"503302\"", true)]
    [InlineData("code", "503302", true)]
    [InlineData("code", "true", false)]
    [InlineData("code", "null", false)]
    [InlineData("code", "[1]", false)]
    [InlineData("code", "{}", false)]
    [InlineData("group", "\"shell\"", false)]
    [InlineData("Group", "\"shell2\"", false)]
    [InlineData("group", "\"503302\"", true)]
    [InlineData("group", "503302", true)]
    [InlineData("group", "\"\\ud800\"", true)]
    [InlineData("groups", "\"shell\"", true)]
    [InlineData("tool", "\"gate_unlock\"", false)]
    [InlineData("tool", "\"echo\"", true)]
    public void All_texts_and_numbers_but_the_group_and_the_tool_may_be_the_code(string name, string value, bool mayBe) =>
        Assert.Equal(mayBe, GateCodes.MayBe(name, JsonElement.Parse(value)));
}
