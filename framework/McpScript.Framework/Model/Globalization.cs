using System.Globalization;
using Microsoft.Extensions.Logging;

namespace McpScript.Model;

/// <summary>The globalization mode of the process: full cultures (ICU), or .NET's invariant mode.</summary>
static partial class Globalization
{
    /// <summary>True in invariant mode, for which the runtime has no property: there 'a' sorts after 'B'.</summary>
    public static bool IsInvariant { get; } = CultureInfo.InvariantCulture.CompareInfo.Compare("a", "B") > 0;

    /// <summary>Logs the limitations of invariant mode for plugins; logs nothing in the other mode.</summary>
    public static void Report(ILoggerFactory loggers)
    {
        if (IsInvariant)
            NoCultures(loggers.CreateLogger("McpScript.Host"));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Invariant globalization mode is on (DOTNET_SYSTEM_GLOBALIZATION_INVARIANT): plugins have no "
        + "cultures such as en-US, strings sort by code point, Windows names of time zones are unknown, and Microsoft.Data.SqlClient refuses to connect. "
        + "Install libicu and unset the variable to give them cultures.")]
    static partial void NoCultures(ILogger log);
}
