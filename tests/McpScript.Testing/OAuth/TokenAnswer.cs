using System.Net.Http.Headers;

namespace McpScript.Testing.OAuth;

/// <summary>Response of an endpoint that requires tokens.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body.</param>
/// <param name="Challenge">Value of the <c>WWW-Authenticate</c> header; empty if there is none.</param>
/// <param name="Headers">All headers.</param>
public sealed record TokenAnswer(int Status, string Text, string Challenge, HttpResponseHeaders Headers)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Text}";
}
