namespace McpScript.Invocation.Arguments;

/// <summary>State of one check of arguments against a schema.</summary>
/// <param name="problems">Receives one sentence per problem; null to find out only whether there is one.</param>
/// <param name="showValues">False if a value may be a secret: then problems name only its kind.</param>
/// <param name="steps">Number of schema comparisons before the check is given up.</param>
struct ArgumentWalk(List<string>? problems, bool showValues, int steps = ArgumentWalk.MostSteps)
{
    /// <summary>The greatest depth of nested values and references.</summary>
    public const int Deepest = 256;

    // A value of 4 MB has about two million nodes, and nested alternatives multiply.
    const int MostSteps = 4_000_000;

    int _steps = steps;
    int _depth;

    /// <summary>The problems so far; null if they are not collected.</summary>
    public readonly List<string>? Problems => problems;

    /// <summary>True if problems may show values.</summary>
    public readonly bool ShowValues => showValues;

    /// <summary>True if a value must be rewritten before .NET can read it.</summary>
    public bool NeedsRewrite { get; set; }

    /// <summary>Greater than 0 inside a schema that may not apply: <c>anyOf</c>, <c>not</c>, <c>if</c>. There, null is not an absent member.</summary>
    public int Alternatives { get; set; }

    /// <summary>True if the check was given up: nesting too deep, or too many alternatives.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Enters a nested schema; returns false if a limit is reached.</summary>
    public bool TryEnter()
    {
        if (--_steps >= 0 && ++_depth <= Deepest)
            return true;
        IsExhausted = true;
        return false;
    }

    /// <summary>Returns the same check without collecting problems; <see cref="Continue"/> merges its state back.</summary>
    public readonly ArgumentWalk WithoutProblems() => problems is null ? this : With(null);

    /// <summary>Returns the same check with its own problems; <see cref="Continue"/> merges its state back.</summary>
    public readonly ArgumentWalk With(List<string>? own) => new(own, showValues)
    {
        _steps = _steps, _depth = _depth, Alternatives = Alternatives, IsExhausted = IsExhausted, NeedsRewrite = NeedsRewrite,
    };

    /// <summary>Takes over the state of a part.</summary>
    public void Continue(in ArgumentWalk part) =>
        (_steps, _depth, IsExhausted, NeedsRewrite) = (part._steps, part._depth, part.IsExhausted, NeedsRewrite || part.NeedsRewrite);

    /// <summary>Leaves a nested schema; the counterpart of <see cref="TryEnter"/>.</summary>
    public void Leave() => _depth--;
}
