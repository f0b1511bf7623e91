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
/// Exports metrics and spans to an OpenTelemetry collector, if the environment variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. The other
/// <c>OTEL_*</c> variables of the OpenTelemetry SDK apply too.
/// </summary>
public sealed partial class TelemetryExport : IDisposable
{
    /// <summary>The environment variable that turns the export on.</summary>
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Source and meter of the MCP SDK: a span and a measurement for each message, with the trace context that the client sent.
    const string OfTheSdk = "Experimental.ModelContextProtocol";

    // Source of ASP.NET Core: a span for each HTTP request, with the trace context of its headers.
    const string OfTheWebServer = "Microsoft.AspNetCore";

    readonly TracerProvider _spans;
    readonly MeterProvider _metrics;

    TelemetryExport(string program)
    {
        // The detector comes last, so that OTEL_SERVICE_NAME overrides the name of the program.
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(program, serviceVersion: ProductVersion.Text).AddTelemetrySdk().AddEnvironmentVariableDetector();
        _spans = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource).AddSource(Instruments.Name, OfTheSdk, OfTheWebServer).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource).AddMeter(Instruments.Name, OfTheSdk, "System.Runtime").AddOtlpExporter().Build();
    }

    /// <summary>Starts the export; returns null if no collector is named.</summary>
    /// <param name="program">Service name of this program, unless <c>OTEL_SERVICE_NAME</c> is set.</param>
    /// <param name="loggers">Creates the log, which gets one line with the endpoint.</param>
    public static IDisposable? Open(string program, ILoggerFactory loggers) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } endpoint ? Open(program, endpoint, loggers) : null;

    /// <summary>Exports what is still queued, and ends the export.</summary>
    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    // A separate method, not inlined, so that a start without a collector does not load the OpenTelemetry assemblies.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static TelemetryExport Open(string program, string endpoint, ILoggerFactory loggers)
    {
        Begun(loggers.CreateLogger<TelemetryExport>(), endpoint);
        return new(program);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics and spans are exported to {Endpoint}.")]
    static partial void Begun(ILogger log, string endpoint);
}
