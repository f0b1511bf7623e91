using McpScript.Catalogs;
using McpScript.Registry;

namespace McpScript.Core.Tests.Registry;

/// <summary>Records the list changes that clients would be notified of.</summary>
/// <param name="announced">Action of the test at each of them.</param>
sealed class RecordedNotifications(Action<ListKinds>? announced = null) : IClientNotifier
{
    /// <summary>The list changes so far.</summary>
    public List<ListKinds> Lists { get; } = [];

    /// <inheritdoc/>
    public void Announce(ListKinds changed)
    {
        Lists.Add(changed);
        announced?.Invoke(changed);
    }

    /// <inheritdoc/>
    public void AnnounceUpdate(string uri)
    {
    }
}
