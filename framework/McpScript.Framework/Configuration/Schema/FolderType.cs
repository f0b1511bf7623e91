using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>The absolute path of an existing folder.</summary>
sealed class FolderType() : SettingType<string>("a folder")
{
    /// <inheritdoc/>
    public override JsonObject Schema => SettingTypes.FilePath.Schema;

    /// <inheritdoc/>
    public override bool TryRead(YamlValue value, string label, ReadContext context, [MaybeNullWhen(false)] out string result)
    {
        if (!SettingTypes.FilePath.TryRead(value, label, context, out result))
            return false;
        if (Directory.Exists(result))
            return true;
        var (why, cure) = WhyNot(result);
        // The full path of a value with variables could reveal their values.
        var path = value is YamlScalar { Expanded: true, Line: > 0 } ? value.Describe() : $"'{result}'";
        context.Problem(value, $"'{label}' must be a folder that exists, but {path} {why}; {cure}");
        return false;
    }

    // File.Exists and Directory.Exists return false for a path below a folder without permission.
    static (string Why, string Cure) WhyNot(string path)
    {
        if (File.Exists(path))
            return ("is a file", "create it, or correct the path");
        try
        {
            File.GetAttributes(path);
        }
        catch (UnauthorizedAccessException)
        {
            return ("may not be entered by this user", "let the user list and enter it and the folders above it, or correct the path");
        }
        catch (IOException)
        {
            // Treated as missing: no other reason is known.
        }
        return ("does not exist", "create it, or correct the path");
    }
}
