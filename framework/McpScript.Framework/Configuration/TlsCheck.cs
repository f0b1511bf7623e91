namespace McpScript.Configuration;

/// <summary>Validates <c>tls_cert</c> and <c>tls_key</c>, without reading the files.</summary>
static class TlsCheck
{
    /// <summary>Returns all problems, with their fixes.</summary>
    public static IEnumerable<string> ProblemsOf(McpScriptConfig config) => (config.TlsCert, config.TlsKey) switch
    {
        ({ }, null) => [HalfSet("tls_cert", "tls_key", "the file of its private key")],
        (null, { }) => [HalfSet("tls_key", "tls_cert", "the file of the certificate that it belongs to")],
        _ => [],
    };

    static string HalfSet(string set, string missing, string cure) =>
        $"'{set}' is set and '{missing}' is not, so this server cannot use TLS. Set '{missing}' to {cure}, or remove '{set}'";
}
