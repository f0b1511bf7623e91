using ModelContextProtocol.Server;

namespace Weather;

/// <summary>Prompts about the weather.</summary>
[McpServerPromptType]
public static class WeatherPrompts
{
    /// <summary>Asks what to wear.</summary>
    /// <param name="city">Name of the city.</param>
    [McpServerPrompt(Name = "weather_clothes")]
    public static string Clothes(string city) => $"What should I wear in {city}?";
}
