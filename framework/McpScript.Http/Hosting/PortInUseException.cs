namespace McpScript.Http.Hosting;

/// <summary>The exception when another process listens on a configured port.</summary>
public sealed class PortInUseException(string name, int port, Exception inner)
    : BindException($"The {name} port {port} is in use. {Holder(port)}{Cure(name)}", inner)
{
    static string Cure(string name) => name switch
    {
        "management" => "Choose another with --mgmt-port, or 0 for a free one.",
        "health" => "Choose another with --health-port, or 'health_port: off' in the configuration.",
        _ => "Choose another with --http, or stop the other program.",
    };

    static string Holder(int port) => PortHolder.Find(port) is { } holder ? $"{holder} has it. " : "";
}
