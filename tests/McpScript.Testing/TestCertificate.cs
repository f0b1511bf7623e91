using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McpScript.Testing;

/// <summary>A self-signed certificate for this machine's names, made for a test.</summary>
/// <param name="Pem">The certificate.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Thumbprint">How it is told from others.</param>
public sealed record TestCertificate(string Pem, string Key, string Thumbprint)
{
    /// <summary>Makes one.</summary>
    /// <param name="until">When it expires; null for long after all clocks of tests.</param>
    public static TestCertificate Create(DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), until ?? new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), certificate.Thumbprint);
    }

    /// <summary>A handler that trusts this certificate and no other, and that makes a new connection for each client.</summary>
    public SocketsHttpHandler Trusting() => new()
    {
        UseProxy = false,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, certificate, _, errors) => Is(certificate) && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 },
    };

    /// <summary>Replaces two files, as careful tools do.</summary>
    public void Write(string cert, string key)
    {
        Replace(cert, Pem);
        Replace(key, Key);
    }

    /// <summary>Replaces a file in one step.</summary>
    public static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    bool Is(X509Certificate? certificate) => certificate is X509Certificate2 other && other.Thumbprint == Thumbprint;
}
