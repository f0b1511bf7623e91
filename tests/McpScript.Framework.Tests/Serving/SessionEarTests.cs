using McpScript.Catalogs;

namespace McpScript.Serving;

public class SessionEarTests
{
    [Fact]
    public void What_changes_before_it_hears_is_told_once_for_each_list_and_then_no_more()
    {
        var ear = new SessionEar(null, hears: false);
        Assert.False(ear.HearsOf(ListKinds.Tools));
        Assert.False(ear.HearsOf(ListKinds.Tools));
        Assert.False(ear.HearsOf(ListKinds.Resources));
        Assert.Equal(ListKinds.Tools | ListKinds.Resources, ear.Open().Lists);

        Assert.True(ear.HearsOf(ListKinds.Tools));
        Assert.Equal(ListKinds.None, ear.Open().Lists);
    }

    [Fact]
    public void A_session_that_hears_from_the_beginning_misses_nothing()
    {
        var ear = new SessionEar(null, hears: true);
        Assert.True(ear.HearsOf(ListKinds.Prompts));
        Assert.Equal(ListKinds.None, ear.Open().Lists);
    }
}
