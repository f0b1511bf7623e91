using ModelContextProtocol.Server;

namespace McpScript.Plugins;

/// <summary>Builds what was registered and joins it with what was found by attributes; collects every problem instead of stopping at the first.</summary>
sealed class RegisteredItems(PrimitiveFactory factory, ICollection<PluginProblem> problems)
{
    /// <summary>All items of the plugin.</summary>
    public PluginItems Build(Registrations registered, PluginItems attributed)
    {
        var tools = Join(attributed.Tools, registered.Tools, tool => factory.Tool(tool.Name, tool.Description, tool.Handler, tool.Options));
        var prompts = Join(attributed.Prompts, registered.Prompts, prompt => factory.Prompt(prompt.Name, prompt.Description, prompt.Handler, prompt.Options));
        var resources = Join(attributed.Resources, registered.Resources, resource => factory.Resource(resource.UriTemplate, resource.Handler, resource.Options));
        RefuseDuplicates("tool", tools);
        RefuseDuplicates("prompt", prompts);
        RefuseDuplicates("resource", resources);
        return new([.. tools], [.. prompts], [.. resources]);
    }

    List<T> Join<T, TRegistered>(IEnumerable<T> attributed, IEnumerable<TRegistered> registered, Func<TRegistered, T> build)
    {
        var all = attributed.ToList();
        foreach (var one in registered)
        {
            try
            {
                all.Add(build(one));
            }
            catch (Exception e)
            {
                // The SDK or our checks refuse a handler: a problem of the plugin, told beside the others.
                problems.Add(new PluginProblem(e.Message));
            }
        }
        return all;
    }

    void RefuseDuplicates<T>(string kind, IEnumerable<T> items) where T : IMcpServerPrimitive
    {
        foreach (var twice in items.GroupBy(item => item.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            problems.Add(new PluginProblem($"The {kind} '{twice.Key}' is registered {twice.Count()} times in this plugin. Names are unique: rename or remove one.", "MCS0004"));
    }
}
