using System.CommandLine;

namespace McpScript.CommandLine;

/// <summary>Options that take a port.</summary>
static class PortOption
{
    /// <summary>One of that name.</summary>
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
