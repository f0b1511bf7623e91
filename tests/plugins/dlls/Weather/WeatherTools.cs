using System.ComponentModel;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;
using YamlDotNet.Serialization;

namespace Weather;

/// <summary>Tools about the weather.</summary>
[McpServerToolType]
public sealed class WeatherTools(ILogger<WeatherTools> log)
{
    /// <summary>Returns the temperature of a city, as YAML.</summary>
    /// <param name="city">The city's name.</param>
    /// <param name="scales">The scales of the temperature.</param>
    [McpServerTool(Name = "weather_of", ReadOnly = true)]
    public string Of(string city, List<string>? scales = null)
    {
        log.LogInformation("Temperature of {City} requested.", city);
        return new SerializerBuilder().Build().Serialize(new Report(city, 21, scales ?? ["C"]));
    }

    /// <summary>Not used: the description of the attribute takes precedence.</summary>
    [McpServerTool(Name = "weather_units"), Description("The scales there are.")]
    public static string[] Units() => ["C", "F"];

    /// <summary>Weather of a city.</summary>
    public sealed record Report(string City, int Degrees, List<string> Scales);
}
