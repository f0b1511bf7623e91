using McpScript.Catalogs;

namespace McpScript.Core.Tests.Catalogs;

public class ReservedNamesTests
{
    [Theory]
    [InlineData("tool", "proxy__load", true)]
    [InlineData("tool", "PROXY__Load", true)]
    [InlineData("tool", "factory__x", true)]
    [InlineData("tool", "Factory__", true)]
    [InlineData("tool", "proxy_load", false)]
    [InlineData("tool", "my_proxy__load", false)]
    [InlineData("prompt", "proxy__load", false)]
    [InlineData("resource", "factory__x", false)]
    public void Only_tools_with_a_prefix_of_the_host_are_reserved(string kind, string id, bool isReserved) =>
        Assert.Equal(isReserved, ReservedNames.Reserves(kind, id, []));

    [Theory]
    [InlineData("tool", "gate_own", true)]
    [InlineData("tool", "GATE_own", true)]
    [InlineData("tool", "gateway", false)]
    [InlineData("prompt", "gate_own", false)]
    public void Gate_names_are_reserved_beside_a_gate_tool(string kind, string id, bool isReserved) =>
        Assert.Equal(isReserved, ReservedNames.Reserves(kind, id, ["proxy__list", "gate_unlock"]));

    [Theory]
    [InlineData("proxy__list")]
    [InlineData("my_gate_unlock")]
    [InlineData("GATE_unlock")]
    public void Gate_names_are_free_beside_other_tools(string hosts) => Assert.False(ReservedNames.Reserves("tool", "gate_own", [hosts]));

    [Fact]
    public void Gate_names_are_free_beside_no_tools() => Assert.False(ReservedNames.Reserves("tool", "gate_own", []));

    [Fact]
    public void Prefixes_of_the_host_are_reserved_whatever_tools_it_has() => Assert.True(ReservedNames.Reserves("tool", "factory__x", ["gate_unlock"]));
}
