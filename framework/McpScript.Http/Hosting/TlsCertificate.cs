using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpScript.Configuration;
using McpScript.FileSystem;
using Microsoft.Extensions.Logging;

namespace McpScript.Http.Hosting;

/// <summary>
/// Certificate and private key of a listener, from two PEM files. Changed files are used for new connections: their size and time are compared at
/// handshakes, at most once a second. Files that cannot be used are logged once, and the previous certificate stays in use. Safe for concurrent use.
/// </summary>
sealed partial class TlsCertificate
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly Lock _lock = new();
    readonly string _cert;
    readonly string _key;
    readonly ILogger _log;
    readonly TimeProvider _time;
    (FileStat Cert, FileStat Key) _stamps;
    SslStreamCertificateContext _current;
    long _comparedAt;

    /// <summary>Reads the files.</summary>
    /// <param name="cert">Path of the certificate, followed by its intermediate certificates.</param>
    /// <param name="key">Path of its private key, not encrypted.</param>
    /// <param name="log">Log of certificate changes and of files that cannot be used.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ConfigurationException">The files cannot be used.</exception>
    public TlsCertificate(string cert, string key, ILogger<TlsCertificate> log, TimeProvider time)
    {
        (_cert, _key, _log, _time) = (cert, key, log, time);
        // Before the files are read, so that a change in between is noticed.
        (_stamps, _comparedAt) = (Stamps(), time.GetTimestamp());
        if (!TryRead(out var read, out var why))
        {
            var problem = $"{why} Set 'tls_cert' and 'tls_key' to a certificate and its private key in PEM files that this user can read";
            throw new ConfigurationException([new(null, null, null, problem)]);
        }
        _current = read;
        Describe(read.TargetCertificate);
    }

    /// <summary>Returns the configured certificate; null if TLS is not configured.</summary>
    /// <exception cref="ConfigurationException">Only one of the two files is configured, or the files cannot be used.</exception>
    public static TlsCertificate? Of(McpScriptConfig config, ILoggerFactory loggers, TimeProvider time)
    {
        ConfigurationProblem[] problems = [.. TlsCheck.ProblemsOf(config).Select(problem => new ConfigurationProblem(null, null, null, problem))];
        if (problems.Length > 0)
            throw new ConfigurationException([.. problems]);
        return config is { IsTls: true, TlsCert: { } cert, TlsKey: { } key } ? new(cert, key, loggers.CreateLogger<TlsCertificate>(), time) : null;
    }

    /// <summary>Returns the certificate for a new connection.</summary>
    internal SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_comparedAt) < Interval)
                return _current;
            _comparedAt = _time.GetTimestamp();
            var stamps = Stamps();
            if (stamps == _stamps)
                return _current;
            _stamps = stamps;
            if (!TryRead(out var read, out var why))
                Kept(why, _current.TargetCertificate.NotAfter.ToUniversalTime());
            else
                Describe((_current = read).TargetCertificate);
            return _current;
        }
    }

    (FileStat, FileStat) Stamps() => (FileStat.Of(_cert), FileStat.Of(_key));

    bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SslStreamCertificateContext? read, out string why)
    {
        (read, why) = (null, "");
        if (!TryReadText(_cert, "tls_cert", out var certs, out why) || !TryReadText(_key, "tls_key", out var key, out why))
            return false;
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certs);
            if (chain.Count == 0)
            {
                why = $"'tls_cert' {_cert} has no certificate in it (-----BEGIN CERTIFICATE-----).";
                return false;
            }
            // Offline: no certificate is downloaded to complete the chain.
            read = SslStreamCertificateContext.Create(Usable(X509Certificate2.CreateFromPem(certs, key)), chain, offline: true);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The key belongs to another certificate, is encrypted or of an unsupported kind, or one of the files is not PEM.
            why = $"'tls_cert' {_cert} and 'tls_key' {_key} do not go together: {e.Message}";
            return false;
        }
    }

    static bool TryReadText(string path, string setting, out string text, out string why)
    {
        (text, why) = ("", "");
        try
        {
            text = RegularFile.ReadAllText(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = $"'{setting}' {path} cannot be read: {e.Message}";
            return false;
        }
    }

    // Windows cannot use a key that exists in memory only.
    static X509Certificate2 Usable(X509Certificate2 certificate) =>
        OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : certificate;

    void Describe(X509Certificate2 certificate)
    {
        var until = certificate.NotAfter.ToUniversalTime();
        if (until < _time.GetUtcNow())
            Expired(_cert, certificate.Subject, until);
        else
            Used(_cert, certificate.Subject, until);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "TLS: certificate {Path} of {Subject}, valid until {Until:u}")]
    partial void Used(string path, string subject, DateTime until);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "TLS: certificate {Path} of {Subject} expired at {Until:u}, so clients refuse it. Renew it; the new files are used as soon as they are there.")]
    partial void Expired(string path, string subject, DateTime until);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "TLS: the changed files cannot be used, so the certificate before them stays (valid until {Until:u}). {Problem}")]
    partial void Kept(string problem, DateTime until);
}
