using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>resources</c></summary>
sealed class ResourcesCommand() : ReplCommand("resources", "", "List the resources and templates")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext session, string rest, CancellationToken cancellationToken)
    {
        var offer = session.Connection.Primitives;
        foreach (var resource in offer.Resources)
            session.Screen.Say(Rows.Of(resource.Uri, About(resource.Name, resource.Description)));
        foreach (var template in offer.Templates)
            session.Screen.Say(Rows.Of(template.UriTemplate, About(template.Name, template.Description)));
        if (offer.Resources.Count + offer.Templates.Count == 0)
            session.Screen.Say("  (no resources)");
        return Task.FromResult(true);
    }

    static string About(string name, string? description) => TerminalEscaping.FirstLine(description is null ? name : $"{name}  {description}", 60);
}
