using System.Text.RegularExpressions;

namespace McpScript.Model;

/// <summary>Name of a requested plugin. Names are compared ignoring case and never contain a path.</summary>
public sealed partial record PluginReference
{
    /// <summary>Creates a reference by name.</summary>
    /// <exception cref="ArgumentException">The name does not match the rule of <see cref="IsValidName"/>.</exception>
    public PluginReference(string name)
    {
        if (!IsValidName(name))
            throw new ArgumentException(InvalidName(name), nameof(name));
        Name = name;
    }

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>
    /// For a package: the version that the reference requests; null for the installed one. Not a part of the name, so references that differ only in it are
    /// equal.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>The last part of a name with dots.</summary>
    public string LastPart => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>True for 1 to 64 characters of <c>A-Z a-z 0-9 _ . -</c> that begin with a letter or digit.</summary>
    public static bool IsValidName(string name) => ValidName().IsMatch(name);

    /// <summary>The error text for an invalid name, with the rule.</summary>
    public static string InvalidName(string name) =>
        $"'{name}' is not a plugin name. A name has 1 to 64 letters, digits, '_', '.' or '-', begins with a letter or digit, and is never a path.";

    /// <inheritdoc/>
    public bool Equals(PluginReference? other) => string.Equals(Name, other?.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex ValidName();
}
