using Mono.Cecil;

namespace McpScript.Framework.Tests.Layers;

/// <summary>Dependencies between the folders of a project, from its assembly and source files: an arrow for each pair, with the types that need it.</summary>
/// <remarks>Constants leave no trace in an assembly, so a folder that only uses a constant of another one shows no arrow.</remarks>
sealed class DependencyMap
{
    readonly SortedDictionary<(string From, string To), SortedSet<string>> _arrows = [];
    readonly Dictionary<string, string> _folders = [];

    DependencyMap(ModuleDefinition module, SourceFolders folders)
    {
        foreach (var type in module.Types)
            if (folders.Find(type.Namespace, NameOf(type)) is { } folder)
                _folders[type.FullName] = folder;
        foreach (var type in module.Types.Where(type => _folders.ContainsKey(type.FullName)))
            foreach (var used in TypeUses.Of(type).Select(Outermost).Where(_folders.ContainsKey))
                Add(type.FullName, used);
    }

    /// <summary>Every arrow with the full names of the types it starts from.</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Arrows => _arrows;

    /// <summary>Folders by full name of a type; the folder is the path below the project, with slashes.</summary>
    public IReadOnlyDictionary<string, string> Folders => _folders;

    /// <summary>Reads an assembly and the folders of its sources.</summary>
    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="project">Path of the project's folder.</param>
    public static DependencyMap Read(string assembly, string project)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return new(module, SourceFolders.Read(project));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_arrows.GroupBy(arrow => arrow.Key.From)
        .Select(group => $"{group.Key} "
            + $"-> {string.Join(", ", group.Select(arrow => $"{arrow.Key.To} {arrow.Value.Select(use => use.Split(' ')[0]).Distinct().Count()}"))}\n"));

    void Add(string from, string to)
    {
        var (start, end) = (_folders[from], _folders[to]);
        if (start == end)
            return;
        if (!_arrows.TryGetValue((start, end), out var types))
            _arrows[(start, end)] = types = [];
        types.Add($"{from} uses {to}");
    }

    static string NameOf(TypeDefinition type) => type.Name.Split('`')[0];

    static string Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.FullName;
    }
}
