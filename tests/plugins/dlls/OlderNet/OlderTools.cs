using System.ComponentModel;
using ModelContextProtocol.Server;
using Newtonsoft.Json;

namespace OlderNet;

/// <summary>Tools that use what caches types.</summary>
[McpServerToolType]
public static class OlderTools
{
    /// <summary>Names the converter of a type.</summary>
    [McpServerTool(Name = "older_converter")]
    public static string Converter() => TypeDescriptor.GetConverter(typeof(Own)).GetType().Name + TypeDescriptor.GetProperties(typeof(Own)).Count;

    /// <summary>There and back.</summary>
    [McpServerTool(Name = "older_json")]
    public static string Json() => JsonConvert.SerializeObject(JsonConvert.DeserializeObject<Own>("{\"Number\":3,\"More\":{\"a\":{\"Number\":4}}}"));
}
