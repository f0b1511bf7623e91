using System.Collections.Immutable;
using System.Text;
using McpScript.Configuration.Yaml;
using McpScript.FileSystem;

namespace McpScript.Configuration;

/// <summary>A configuration file and its content.</summary>
/// <param name="Source">The file and the hash of its content.</param>
/// <param name="Text">Its text; empty if it could not be read.</param>
/// <param name="Mapping">Its content; null if it is empty or invalid.</param>
/// <param name="Problems">The problems that make it invalid.</param>
sealed record YamlFile(SourceFile Source, string Text, YamlMapping? Mapping, ImmutableArray<YamlProblem> Problems)
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True if the file does not exist.</summary>
    public bool IsMissing { get; private init; }

    /// <summary>Reads a file. Never throws: a missing or unreadable file has a problem.</summary>
    public static YamlFile Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return Parse(path, RegularFile.ReadAllBytes(path), environment);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unusable(SourceFile.Missing(path), "the file does not exist; create it, or correct the path") with { IsMissing = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Expected for a folder of that name, a missing permission, or a disk error; the operator must fix it.
            return Unusable(SourceFile.Unreadable(path), $"the file cannot be read: {e.Message}");
        }
    }

    static YamlFile Parse(string path, byte[] content, IReadOnlyDictionary<string, string> environment)
    {
        var source = SourceFile.Of(path, content);
        var problems = new List<YamlProblem>();
        string text;
        try
        {
            text = Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // Another encoding, or not text at all.
            return new YamlFile(source, "", null, [new YamlProblem(0, 0, "the file is not UTF-8 text; save it as UTF-8")]);
        }
        var value = YamlReader.Read(text, new Variables(environment), problems);
        if (value is not (null or YamlMapping))
            problems.Add(new YamlProblem(value.Line, value.Column, $"the file must hold a mapping ('key: value' lines), not {value.Describe()}"));
        return new YamlFile(source, text, value as YamlMapping, [.. problems]);
    }

    static YamlFile Unusable(SourceFile file, string why) => new(file, "", null, [new YamlProblem(0, 0, why)]);
}
