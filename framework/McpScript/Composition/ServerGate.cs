using McpScript.Configuration;
using McpScript.Gates;
using McpScript.Model;
using Microsoft.Extensions.DependencyInjection;

namespace McpScript.Composition;

/// <summary>The gate of a server, if the configuration has one, and the groups that can guard tools.</summary>
sealed class ServerGate : IAsyncDisposable
{
    /// <summary>Opens the store of the secrets, and applies changed groups of the configuration from then on.</summary>
    public ServerGate(ServerSetup setup)
    {
        Gate = Open(setup);
        Guards = new ConfiguredGroups(Gate, setup.Log<Gate>());
        setup.Configuration.Applied += Apply;
    }

    /// <summary>Raised after the groups have changed with the configuration.</summary>
    public event Action? GroupsChanged;

    /// <summary>The gate; null if the configuration has none.</summary>
    public Gate? Gate { get; }

    /// <summary>The groups that can guard tools.</summary>
    public IGuardGroups Guards { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Gate?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Adding or removing the whole section takes a restart, so removing it while the server runs unlocks nothing.
    void Apply(McpScriptConfig applied)
    {
        if (Gate is null || applied.Gate is not { } changed || changed.Groups == Gate.Groups)
            return;
        Gate.Apply(changed.Groups);
        GroupsChanged?.Invoke();
    }

    static Gate? Open(ServerSetup setup)
    {
        if (setup.Config.Gate is not { } settings)
            return null;
        var secrets = setup.Options.GateSecrets ?? (settings.Enabled
            ? GateBackends.Open(settings, setup.OwnServices.GetRequiredService<IHttpClientFactory>(), setup.Time)
            : new EnvironmentSecrets());
        return new(settings, secrets, setup.Time, setup.Log<Gate>())
        {
            OpensToAnonymous = setup.Config.Transport == Transport.Stdio || Loopback.Is(setup.Config.Host),
        };
    }
}
