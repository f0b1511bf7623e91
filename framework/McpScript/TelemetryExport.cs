using System.Runtime.CompilerServices;
using McpScript.Hosting;
using McpScript.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace McpScript;

/// <summary>
/// Sends metrics and spans to an OpenTelemetry collector, if the environment names one (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>); all other <c>OTEL_*</c>
/// variables count too.
/// </summary>
public sealed partial class TelemetryExport : IDisposable
{
    /// <summary>The variable that turns it on.</summary>
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The SDK's own: a span and a measurement for each message, with the trace context that the client gave.
    const string OfTheSdk = "Experimental.ModelContextProtocol";

    // ASP.NET's: a span for each HTTP request, with the trace context of its headers.
    const string OfTheWebServer = "Microsoft.AspNetCore";

    readonly TracerProvider _spans;
    readonly MeterProvider _metrics;

    TelemetryExport(string program)
    {
        // OTEL_SERVICE_NAME wins: it is read after this.
        var resource = ResourceBuilder.CreateEmpty().AddService(program, serviceVersion: ProductVersion.Text).AddTelemetrySdk().AddEnvironmentVariableDetector();
        _spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Instruments.Name, OfTheSdk, OfTheWebServer).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Instruments.Name, OfTheSdk, "System.Runtime").AddOtlpExporter().Build();
    }

    /// <summary>Begins; null if no collector is named.</summary>
    /// <param name="program">What this program is called, unless <c>OTEL_SERVICE_NAME</c> says so.</param>
    /// <param name="loggers">Told where it goes.</param>
    public static IDisposable? Open(string program, ILoggerFactory loggers) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } endpoint ? Open(program, endpoint, loggers) : null;

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    // Apart, so that a start without a collector does not even load OpenTelemetry.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static TelemetryExport Open(string program, string endpoint, ILoggerFactory loggers)
    {
        Begun(loggers.CreateLogger<TelemetryExport>(), endpoint);
        return new(program);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics and spans go to {Endpoint}.")]
    static partial void Begun(ILogger log, string endpoint);
}
