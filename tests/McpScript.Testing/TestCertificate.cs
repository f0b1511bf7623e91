using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McpScript.Testing;

/// <summary>A self-signed certificate for localhost.</summary>
/// <param name="Pem">The certificate.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Thumbprint">Thumbprint of the certificate.</param>
public sealed record TestCertificate(string Pem, string Key, string Thumbprint)
{
    /// <summary>Creates a certificate.</summary>
    /// <param name="until">Expiry; null for the year 2040.</param>
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

    /// <summary>Creates a handler that trusts only this certificate. A new handler makes a new connection.</summary>
    public SocketsHttpHandler Trusting() => new()
    {
        UseProxy = false,
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                Is(certificate) && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0,
        },
    };

    /// <summary>Replaces the files of the certificate and the key, each atomically.</summary>
    public void Write(string cert, string key)
    {
        Replace(cert, Pem);
        Replace(key, Key);
    }

    /// <summary>Replaces a file atomically.</summary>
    public static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    bool Is(X509Certificate? certificate) => certificate is X509Certificate2 other && other.Thumbprint == Thumbprint;
}
