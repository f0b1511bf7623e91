namespace McpScript.Core.Tests.CallLog;

/// <summary>An exception whose message cannot be read.</summary>
sealed class UnreadableException : Exception
{
    public override string Message => throw new InvalidOperationException();
}
