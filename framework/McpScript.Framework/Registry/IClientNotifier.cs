using McpScript.Catalogs;

namespace McpScript.Registry;

/// <summary>Notifies clients of changes. Thread-safe.</summary>
interface IClientNotifier
{
    /// <summary>Sends list changes after a swap of the catalog. Returns at once: a slow client does not delay the others.</summary>
    /// <param name="changed">The lists that changed.</param>
    void Announce(ListKinds changed);

    /// <summary>Sends <c>notifications/resources/updated</c> to the clients that subscribed to a resource. Returns at once.</summary>
    /// <param name="uri">URI of the resource.</param>
    void AnnounceUpdate(string uri);
}
