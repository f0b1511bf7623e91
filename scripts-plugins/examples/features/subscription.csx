// A resource that clients can subscribe to: they are notified when it changes, and read it again.
var temperature = 20;

mcp.Resource("sensor://temperature", () => $"{temperature} °C", new() { Name = "temperature", MimeType = "text/plain" });

mcp.Tool("heat", "Makes it warmer.", ([Description("Number of degrees.")] int degrees) =>
{
    temperature += degrees;
    mcp.ResourceUpdated("sensor://temperature");
    return $"{temperature} °C";
});
