using System.Text;
using McpScript.Testing;
using McpScript.Testing.Processes;

namespace McpScript.Specs.Management;

/// <summary>Speaks to the management and health ports of a running program as any HTTP client does.</summary>
static class Rest
{
    static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>Asks the management API.</summary>
    public static async Task<HttpAnswer> GetAsync(this ProxyProcess proxy, string path, params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Get, await proxy.AtAsync(path), null, headers);

    /// <summary>Asks the management API for a change; null sends no body at all.</summary>
    public static async Task<HttpAnswer> PostAsync(
        this ProxyProcess proxy, string path, string? json = null, string type = "application/json", params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Post, await proxy.AtAsync(path), json is null ? null : new StringContent(json, Encoding.UTF8, type), headers);

    /// <summary>Loads, unloads or reloads.</summary>
    public static Task<HttpAnswer> ChangeAsync(this ProxyProcess proxy, string verb, string plugin) =>
        proxy.PostAsync($"/proxy/{verb}", $$"""{"plugin":"{{plugin}}"}""");

    /// <summary>Asks the health port.</summary>
    public static async Task<HttpAnswer> HealthAsync(this ProxyProcess proxy, string path) =>
        await SendAsync(HttpMethod.Get, new((await proxy.ReadyAsync()).Health!, path));

    /// <summary>Sends any request.</summary>
    public static async Task<HttpAnswer> SendAsync(HttpMethod method, Uri address, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await Http.SendAsync(request).WaitAsync(TestHost.Patience);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync().WaitAsync(TestHost.Patience));
    }

    /// <summary>A place of the management API.</summary>
    public static async Task<Uri> AtAsync(this ProxyProcess proxy, string path) => new((await proxy.ReadyAsync()).Management, path);
}
