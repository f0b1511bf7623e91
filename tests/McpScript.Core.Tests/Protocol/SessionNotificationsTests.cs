using McpScript.Catalogs;
using McpScript.Protocol;

namespace McpScript.Core.Tests.Protocol;

public class SessionNotificationsTests
{
    [Fact]
    public void A_change_before_the_stream_opens_is_notified_once_for_each_list_when_it_opens()
    {
        var ear = new SessionNotifications(null, isOpen: false);
        Assert.False(ear.HearsOf(ListKinds.Tools));
        Assert.False(ear.HearsOf(ListKinds.Tools));
        Assert.False(ear.HearsOf(ListKinds.Resources));
        Assert.Equal(ListKinds.Tools | ListKinds.Resources, ear.Open(resumed: false).Lists);

        Assert.True(ear.HearsOf(ListKinds.Tools));
        Assert.Equal(ListKinds.None, ear.Open(resumed: true).Lists);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public void A_change_between_two_streams_is_announced_on_the_second()
    {
        var ear = new SessionNotifications(null, isOpen: false);
        Assert.Equal(ListKinds.None, ear.Open(resumed: false).Lists);

        ear.Close();
        Assert.False(ear.HearsOf(ListKinds.Prompts));

        Assert.Equal(ListKinds.Prompts, ear.Open(resumed: true).Lists);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public void A_change_sent_on_a_lost_stream_is_sent_again_on_the_next_unless_the_client_resumes()
    {
        var ear = new SessionNotifications(null, isOpen: false);
        ear.Open(resumed: false);
        Assert.True(ear.HearsOf(ListKinds.Tools));

        Assert.Equal(ListKinds.None, ear.Open(resumed: true).Lists);
        Assert.Equal(ListKinds.Tools, ear.Open(resumed: false).Lists);
    }

    [Fact]
    public void A_session_whose_stream_is_open_from_the_beginning_misses_nothing()
    {
        var ear = new SessionNotifications(null, isOpen: true);
        Assert.True(ear.HearsOf(ListKinds.Prompts));
        Assert.Equal(ListKinds.None, ear.Open(resumed: true).Lists);
    }
}
