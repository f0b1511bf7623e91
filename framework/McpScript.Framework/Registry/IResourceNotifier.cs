namespace McpScript.Registry;

/// <summary>Notifies subscribed clients of changed resources.</summary>
interface IResourceNotifier
{
    /// <summary>Sends <c>notifications/resources/updated</c> to the clients that subscribed to a resource. Returns at once.</summary>
    /// <param name="uri">URI of the resource.</param>
    void AnnounceUpdate(string uri);
}
