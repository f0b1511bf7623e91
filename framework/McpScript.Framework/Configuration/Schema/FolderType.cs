using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using McpScript.Configuration.Yaml;

namespace McpScript.Configuration.Schema;

/// <summary>A folder that exists, by its absolute path.</summary>
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
        // The full path of a value with variables would show what they stand for.
        var path = value is YamlScalar { Expanded: true, Line: > 0 } ? value.Describe() : $"'{result}'";
        context.Problem(value, $"'{label}' must be a folder that exists, but {path} {why}; {cure}");
        return false;
    }

    // A folder behind one that may not be entered looks as if it did not exist.
    static (string Why, string Cure) WhyNot(string path)
    {
        if (File.Exists(path))
            return ("is a file", "make it, or correct the path");
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
            // Missing, as far as anyone can say.
        }
        return ("does not exist", "make it, or correct the path");
    }
}
