using System.Net.Http.Headers;

namespace McpScript.Testing.OAuth;

/// <summary>What an endpoint that wants tokens answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body.</param>
/// <param name="Challenge">The <c>WWW-Authenticate</c> header; empty without one.</param>
/// <param name="Headers">All headers.</param>
public sealed record TokenAnswer(int Status, string Text, string Challenge, HttpResponseHeaders Headers)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Text}";
}
