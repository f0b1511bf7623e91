namespace McpScript.Client.Terminal;

/// <summary>Where the program shows things: a terminal, or plain text in pipes.</summary>
interface IScreen
{
    /// <summary>True if somebody sits there who can be asked.</summary>
    bool CanAsk { get; }

    /// <summary>How many characters a line has room for.</summary>
    int Width { get; }

    /// <summary>Shows a line of an answer, in Spectre's markup.</summary>
    void Say(string markup);

    /// <summary>Shows a text of the server's, as it is.</summary>
    void Text(string text);

    /// <summary>Shows a line that is no part of an answer, such as news and errors.</summary>
    void Note(string markup);

    /// <summary>Shows how far a call is, until something else is said; null takes it away.</summary>
    void Progress(string? line);

    /// <summary>Asks for a line; only where somebody can be asked.</summary>
    Task<TypedLine> ReadLineAsync(LineRequest request, CancellationToken cancellationToken);
}
