using System.CommandLine;

namespace McpScript.CommandLine;

/// <summary>Creates options for ports.</summary>
static class PortOption
{
    /// <summary>Creates an option with a name.</summary>
    public static Option<int?> Create(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "PORT" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var port) && port is < 0 or > 65535)
                result.AddError($"{name} takes a port from 0 to 65535, not {port}.");
        });
        return option;
    }
}
