using McpScript.Catalogs;
using McpScript.Protocol;

namespace McpScript.Core.Tests.Protocol;

public class SessionNotificationsTests
{
    [Fact]
    public void What_changes_before_it_hears_is_told_once_for_each_list_and_then_no_more()
    {
        var ear = new SessionNotifications(null, isOpen: false);
        Assert.False(ear.CanSend(ListKinds.Tools));
        Assert.False(ear.CanSend(ListKinds.Tools));
        Assert.False(ear.CanSend(ListKinds.Resources));
        Assert.Equal(ListKinds.Tools | ListKinds.Resources, ear.Open(resumed: false).Lists);

        Assert.True(ear.CanSend(ListKinds.Tools));
        Assert.Equal(ListKinds.None, ear.Open(resumed: true).Lists);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public void A_change_between_two_streams_is_announced_on_the_second()
    {
        var ear = new SessionNotifications(null, isOpen: false);
        Assert.Equal(ListKinds.None, ear.Open(resumed: false).Lists);

        ear.Close();
        Assert.False(ear.CanSend(ListKinds.Prompts));

        Assert.Equal(ListKinds.Prompts, ear.Open(resumed: true).Lists);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public void A_change_that_was_sent_on_a_stream_of_unknown_fate_is_announced_again_on_the_next_but_not_to_a_client_that_reads_on()
    {
        var ear = new SessionNotifications(null, isOpen: false);
        ear.Open(resumed: false);
        Assert.True(ear.CanSend(ListKinds.Tools));

        Assert.Equal(ListKinds.None, ear.Open(resumed: true).Lists);
        Assert.Equal(ListKinds.Tools, ear.Open(resumed: false).Lists);
    }

    [Fact]
    public void A_session_that_hears_from_the_beginning_misses_nothing()
    {
        var ear = new SessionNotifications(null, isOpen: true);
        Assert.True(ear.CanSend(ListKinds.Prompts));
        Assert.Equal(ListKinds.None, ear.Open(resumed: true).Lists);
    }
}
