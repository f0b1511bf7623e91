namespace McpScript.Core.Tests.CallLog;

/// <summary>An exception that fails when asked for its message.</summary>
sealed class Speechless : Exception
{
    public override string Message => throw new InvalidOperationException();
}
