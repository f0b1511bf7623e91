namespace McpScript.Client.Terminal;

/// <summary>Output and line input of the program: a terminal, or plain text for pipes. Members may be called from any thread.</summary>
interface IScreen
{
    /// <summary>True if the user can be prompted for input.</summary>
    bool CanPrompt { get; }

    /// <summary>Width of a line, in character cells.</summary>
    int Width { get; }

    /// <summary>Writes a line of the result, in Spectre.Console markup.</summary>
    void Say(string markup);

    /// <summary>Writes text of the server without markup.</summary>
    void Text(string text);

    /// <summary>Writes a line that is not part of a result, such as a notification or an error, in Spectre.Console markup.</summary>
    void Note(string markup);

    /// <summary>Shows the progress of a call; null removes it.</summary>
    void Progress(string? line);

    /// <summary>Prompts the user for a line.</summary>
    /// <exception cref="InvalidOperationException"><see cref="CanPrompt"/> is false.</exception>
    Task<TypedLine> ReadLineAsync(LineRequest request, CancellationToken cancellationToken);
}
