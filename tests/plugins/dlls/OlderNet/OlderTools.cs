using System.ComponentModel;
using ModelContextProtocol.Server;
using Newtonsoft.Json;

namespace OlderNet;

/// <summary>Tools that use libraries with type caches.</summary>
[McpServerToolType]
public static class OlderTools
{
    /// <summary>Returns the name of a type's converter.</summary>
    [McpServerTool(Name = "older_converter")]
    public static string Converter() => TypeDescriptor.GetConverter(typeof(Own)).GetType().Name + TypeDescriptor.GetProperties(typeof(Own)).Count;

    /// <summary>Deserializes and serializes a value.</summary>
    [McpServerTool(Name = "older_json")]
    public static string Json() => JsonConvert.SerializeObject(JsonConvert.DeserializeObject<Own>("{\"Number\":3,\"More\":{\"a\":{\"Number\":4}}}"));
}
