namespace McpScript.Invocation.Arguments;

/// <summary>The state of one comparison of arguments with a schema.</summary>
/// <param name="problems">Gets a sentence for each problem; null to learn only whether there is one.</param>
/// <param name="showValues">False if one of the values may be a secret: then only their kinds are told.</param>
/// <param name="steps">Number of schemas that may be compared with a value, until the comparison is given up.</param>
struct ArgumentWalk(List<string>? problems, bool showValues, int steps = ArgumentWalk.MostSteps)
{
    /// <summary>Largest depth of nested values and references.</summary>
    public const int Deepest = 256;

    // A value of 4 MB has some two million nodes; alternatives within alternatives multiply.
    const int MostSteps = 4_000_000;

    int _steps = steps;
    int _depth;

    /// <summary>The problems so far; null if only the verdict is wanted.</summary>
    public readonly List<string>? Problems => problems;

    /// <summary>Whether values may be told.</summary>
    public readonly bool ShowValues => showValues;

    /// <summary>True if a value has to be written anew before .NET can read it.</summary>
    public bool NeedsRewrite { get; set; }

    /// <summary>More than 0 within a schema that may not hold: <c>anyOf</c>, <c>not</c>, <c>if</c>. There, null is not taken for an absent member.</summary>
    public int Alternatives { get; set; }

    /// <summary>True if the comparison was given up: too deep, or too many alternatives.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Goes one schema further in; false if that is too far.</summary>
    public bool TryEnter()
    {
        if (--_steps >= 0 && ++_depth <= Deepest)
            return true;
        IsExhausted = true;
        return false;
    }

    /// <summary>The same comparison without collecting problems; <see cref="Continue"/> takes its state back.</summary>
    public readonly ArgumentWalk WithoutProblems() => problems is null ? this : With(null);

    /// <summary>The same comparison with problems of its own; <see cref="Continue"/> takes its state back.</summary>
    public readonly ArgumentWalk With(List<string>? own) => new(own, showValues)
    {
        _steps = _steps, _depth = _depth, Alternatives = Alternatives, IsExhausted = IsExhausted, NeedsRewrite = NeedsRewrite,
    };

    /// <summary>Goes on where a part without problems ended.</summary>
    public void Continue(in ArgumentWalk part) =>
        (_steps, _depth, IsExhausted, NeedsRewrite) = (part._steps, part._depth, part.IsExhausted, NeedsRewrite || part.NeedsRewrite);

    /// <summary>Comes back from <see cref="TryEnter"/>.</summary>
    public void Leave() => _depth--;
}
