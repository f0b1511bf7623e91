using System.CommandLine;
using McpScript.Configuration;
using McpScript.Gates;

namespace McpScript.Proxy.Commands;

/// <summary><c>mcp-proxy gate enroll GROUP</c>: creates a secret, stores it if the gate has a secret file, and shows it as a QR code.</summary>
static class GateEnrollCommand
{
    const int Done = 0, Failed = 1, Usage = 2;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var group = new Argument<string>("GROUP") { Description = "A group of the configuration's gate.groups." };
        var config = new Option<string>("--config", "-c") { Description = "YAML configuration file.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace an existing secret; the old one stops working." };
        var command = new Command("enroll", "Create a secret for a group, show it as a QR code, and write it into the secret file.") { group, config, force };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(group)!, parsed.GetValue(config), parsed.GetValue(force)));
        return command;
    }

    static async Task<int> RunAsync(string group, string? file, bool force)
    {
        try
        {
            var config = McpScriptConfig.Load(new CommandLineOverrides { ConfigFile = file });
            if (config.Gate is not { } gate || !gate.Groups.TryGetValue(group, out var settings))
                throw new CommandException(Unknown(group, file, config.Gate));
            var codes = Totp.Of(settings);
            var (reference, secret) = (settings.SecretRef ?? group, codes.NewSecret());
            // Stored before it is shown, so that no secret is scanned that could not be stored.
            var where = await StoreAsync(gate, reference, secret, force);
            var uri = codes.UriOf(config.ServerName ?? "MCP Proxy", group, secret);
            Console.WriteLine($"{QrCode.Render(uri)}\n{uri}\n\nSecret: {secret}\n{where}");
            return Done;
        }
        catch (ConfigurationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Usage;
        }
        catch (Exception e) when (e is CommandException or GateSecretException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    static async Task<string> StoreAsync(GateSettings gate, string reference, string secret, bool force)
    {
        if (gate.SecretBackend is SecretBackend.Env)
            return $"Keep it where the proxy is started: export {reference}={secret}";
        if (gate.SecretBackend is SecretBackend.Vaultwarden)
            return $"Keep it in the vault: an item named '{reference}' with the secret as its notes or its password.";
        var path = GateBackends.PathOf(gate);
        return await new SecretFile(path).WriteAsync(reference, secret, force)
            ? $"Written to {path} as '{reference}'."
            : throw new CommandException($"{path} has a secret '{reference}' already. To replace it, so that the old one stops working: --force");
    }

    static string Unknown(string group, string? file, GateSettings? gate)
    {
        var where = file is null ? "Without --config there is" : $"{file} has";
        return gate is null
            ? $"{where} no 'gate' section, so no tool would require the code. Add one: gate: {{ groups: {{ {group}: {{ tools: [\"…\"] }} }} }}"
            : $"{where} no group '{group}' in 'gate.groups'. There are: {(gate.Groups.IsEmpty ? "(none)" : string.Join(", ", gate.Groups.Keys))}.";
    }
}
