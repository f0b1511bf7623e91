using System.Collections.Immutable;

namespace McpScript.Configuration;

/// <summary>The exception when the configuration cannot be used; the message is for the operator and lists all problems.</summary>
public sealed class ConfigurationException(ImmutableArray<ConfigurationProblem> problems) : Exception(Text(problems))
{
    /// <summary>All problems, at least one.</summary>
    public ImmutableArray<ConfigurationProblem> Problems { get; } = problems;

    static string Text(ImmutableArray<ConfigurationProblem> problems) => $"""
        The configuration has {(problems.Length == 1 ? "a problem" : $"{problems.Length} problems")}.
        {string.Join('\n', problems.Select(problem => $"- {problem}"))}
        Nothing was changed. Correct {(problems.Length == 1 ? "it" : "them")} and start again; a program that is running and watching needs only the saved file.
        """;
}
