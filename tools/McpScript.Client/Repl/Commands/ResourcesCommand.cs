using McpScript.Client.Requests;
using McpScript.Client.Terminal;

namespace McpScript.Client.Repl.Commands;

/// <summary><c>resources</c></summary>
sealed class ResourcesCommand() : ReplCommand("resources", "", "List the resources and templates")
{
    /// <inheritdoc/>
    public override Task<bool> RunAsync(CommandContext context, string rest, CancellationToken cancellationToken)
    {
        var primitives = context.Connection.Primitives;
        foreach (var resource in primitives.Resources)
            context.Screen.Say(Rows.Of(resource.Uri, About(resource.Name, resource.Description)));
        foreach (var template in primitives.Templates)
            context.Screen.Say(Rows.Of(template.UriTemplate, About(template.Name, template.Description)));
        if (primitives.Resources.Count + primitives.Templates.Count == 0)
            context.Screen.Say("  (no resources)");
        return Task.FromResult(true);
    }

    static string About(string name, string? description) => TerminalEscaping.FirstLine(description is null ? name : $"{name}  {description}", 60);
}
