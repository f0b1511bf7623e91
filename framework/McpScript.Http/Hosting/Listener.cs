using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpScript.Http.Hosting;

/// <summary>One web application on one port: MCP, management and health each have their own.</summary>
sealed class Listener : IAsyncDisposable
{
    readonly WebApplication _app;

    Listener(WebApplication app, int port) => (_app, Port) = (app, port);

    /// <summary>The port in use; a free one if port 0 was configured.</summary>
    public int Port { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="name">The name in error texts: <c>MCP</c>, <c>management</c>, <c>health</c>.</param>
    /// <param name="host">An address, <c>localhost</c>, or <c>*</c> for every address.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="map">Adds the routes.</param>
    /// <param name="loggers">The loggers of the application.</param>
    /// <param name="shutdown">How long running requests may take when the listener stops.</param>
    /// <param name="services">Adds the services of the routes; null for none.</param>
    /// <param name="tls">The certificate; null for plain HTTP.</param>
    /// <exception cref="PortInUseException">Another process listens on the port.</exception>
    /// <exception cref="BindException">The address cannot be bound.</exception>
    public static async Task<Listener> StartAsync(
        string name, string host, int port, Action<WebApplication> map, ILoggerFactory loggers, TimeSpan shutdown,
        Action<IServiceCollection>? services = null, TlsCertificate? tls = null)
    {
        var app = Build(host, port, loggers, shutdown, name, services, tls);
        map(app);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new PortInUseException(name, port, e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            await app.DisposeAsync();
            throw new BindException(name, host, port, e);
        }
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(app, new Uri(address.Replace("*", "localhost").Replace("+", "localhost")).Port);
    }

    /// <summary>Stops listening and lets running requests finish, until their timeout has passed or the token fires.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default) => await _app.StopAsync(cancellationToken);

    /// <summary>
    /// Checks that a port is free, without taking it. Much cheaper than a listener, so that it can run before everything else; another process may still
    /// take the port afterwards.
    /// </summary>
    /// <exception cref="PortInUseException">Another process listens on the port.</exception>
    public static void Check(string name, string host, int port)
    {
        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" or "+" => IPAddress.Any,
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null,
        };
        if (port == 0 || address is null)
            return;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new PortInUseException(name, port, e);
        }
        catch (SocketException)
        {
            // Another problem with the address: StartAsync reports it when it binds.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static WebApplication Build(
        string host, int port, ILoggerFactory loggers, TimeSpan shutdown, string name, Action<IServiceCollection>? services, TlsCertificate? tls)
    {
        // The empty builder, so that no configuration files, ASP.NET environment variables or console logger apply.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "mcp-proxy" });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRouting();
        services?.Invoke(builder.Services);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (host == "localhost")
            {
                // Kestrel cannot choose a free port for both loopback addresses at once.
                if (port == 0)
                    kestrel.Listen(IPAddress.Loopback, 0, options => Secure(options, tls));
                else
                    kestrel.ListenLocalhost(port, options => Secure(options, tls));
            }
            else if (host is "*" or "+")
                kestrel.ListenAnyIP(port, options => Secure(options, tls));
            else
                kestrel.Listen(AddressOf(host, port, name), port, options => Secure(options, tls));
        });
        return builder.Build();
    }

    static void Secure(ListenOptions options, TlsCertificate? tls)
    {
        if (tls is not null)
            options.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => new(new SslServerAuthenticationOptions { ServerCertificateContext = tls.Current() }),
            });
    }

    static IPAddress AddressOf(string host, int port, string name)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return address;
        try
        {
            return Dns.GetHostAddresses(host).First();
        }
        catch (SocketException e)
        {
            throw new BindException(name, host, port, e);
        }
    }

    /// <summary>Leaves signals and the console to the program instead of each of its listeners.</summary>
    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
