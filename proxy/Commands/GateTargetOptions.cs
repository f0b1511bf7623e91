using System.CommandLine;
using System.Text.Json.Nodes;

namespace McpScript.Proxy.Commands;

/// <summary>Options that name the caller for which a group is unlocked or locked.</summary>
sealed class GateTargetOptions
{
    readonly Option<string> _session = new("--session")
    {
        Description = "A session, by its id or the beginning of the id that 'gate status' shows.", HelpName = "ID",
    };

    readonly Option<string> _principal = new("--principal") { Description = "An authenticated caller without session.", HelpName = "NAME" };
    readonly Option<bool> _anonymous = new("--anonymous") { Description = "All callers that have neither a session nor an identity." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _session, _principal, _anonymous })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (new Option[] { _session, _principal, _anonymous }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
                result.AddError("Give one of --session, --principal and --anonymous.");
        });
    }

    /// <summary>Creates the body of a request for the caller that the options name.</summary>
    public JsonObject Read(ParseResult parsed)
    {
        var body = new JsonObject();
        if (parsed.GetValue(_session) is { } session)
            body["session"] = session;
        if (parsed.GetValue(_principal) is { } principal)
            body["principal"] = principal;
        if (parsed.GetValue(_anonymous))
            body["anonymous"] = true;
        return body;
    }
}
