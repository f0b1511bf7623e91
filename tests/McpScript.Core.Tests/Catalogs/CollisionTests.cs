using McpScript.Catalogs;

namespace McpScript.Core.Tests.Catalogs;

public class CollisionTests
{
    static readonly string File = TestPlugin.Location("second").Path;

    [Fact]
    public void A_name_of_another_plugin_is_reported_with_that_plugin_and_the_possible_fixes()
    {
        var problem = new Collision("tool", "say", TestItems.Plugin("second"), TestItems.Plugin("first")).ToProblem();

        Assert.Equal("The tool 'say' is already offered by plugin 'first'. Rename one of them, or unload 'first'.", problem.Message);
        Assert.Equal(("MCS0005", File), (problem.Code, problem.File));
    }

    [Fact]
    public void A_reserved_name_is_reported_as_reserved()
    {
        var problem = new Collision("tool", "proxy__own", TestItems.Plugin("second"), null).ToProblem();

        Assert.Equal("The tool name 'proxy__own' is reserved for the host. Give it another name.", problem.Message);
        Assert.Equal(("MCS0006", File), (problem.Code, problem.File));
    }

    [Fact]
    public void A_contested_prefix_is_reported_with_the_setting_that_solves_it()
    {
        var problem = new Collision(Collision.Prefix, "demo", TestItems.Plugin("second"), TestItems.Plugin("first")).ToProblem();

        Assert.Equal(
            "The tools of a package begin with the last part of its id, and 'demo' is already the prefix of plugin 'first'. "
            + "Set plugins.second.prefix to another text, or to false for none.",
            problem.Message);
        Assert.Equal(("MCS0014", File), (problem.Code, problem.File));
    }
}
