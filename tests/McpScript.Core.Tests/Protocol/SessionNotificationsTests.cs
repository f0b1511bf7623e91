using McpScript.Catalogs;
using McpScript.Protocol;

namespace McpScript.Core.Tests.Protocol;

public class SessionNotificationsTests
{
    [Fact]
    public void A_change_before_the_stream_opens_is_notified_once_for_each_list_when_it_opens()
    {
        var notifications = new SessionNotifications(null, isOpen: false);
        Assert.False(notifications.CanSend(ListKinds.Tools));
        Assert.False(notifications.CanSend(ListKinds.Tools));
        Assert.False(notifications.CanSend(ListKinds.Resources));
        Assert.Equal(ListKinds.Tools | ListKinds.Resources, notifications.Open(resumed: false).Lists);

        Assert.True(notifications.CanSend(ListKinds.Tools));
        Assert.Equal(ListKinds.None, notifications.Open(resumed: true).Lists);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public void A_change_between_two_streams_is_announced_on_the_second()
    {
        var notifications = new SessionNotifications(null, isOpen: false);
        Assert.Equal(ListKinds.None, notifications.Open(resumed: false).Lists);

        notifications.Close();
        Assert.False(notifications.CanSend(ListKinds.Prompts));

        Assert.Equal(ListKinds.Prompts, notifications.Open(resumed: true).Lists);
    }

    [Fact]
    [Trait("Fault", "B-F2")]
    public void A_change_sent_on_a_lost_stream_is_sent_again_on_the_next_unless_the_client_resumes()
    {
        var notifications = new SessionNotifications(null, isOpen: false);
        notifications.Open(resumed: false);
        Assert.True(notifications.CanSend(ListKinds.Tools));

        Assert.Equal(ListKinds.None, notifications.Open(resumed: true).Lists);
        Assert.Equal(ListKinds.Tools, notifications.Open(resumed: false).Lists);
    }

    [Fact]
    public void A_session_whose_stream_is_open_from_the_beginning_misses_nothing()
    {
        var notifications = new SessionNotifications(null, isOpen: true);
        Assert.True(notifications.CanSend(ListKinds.Prompts));
        Assert.Equal(ListKinds.None, notifications.Open(resumed: true).Lists);
    }
}
