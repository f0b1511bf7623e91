using Microsoft.Extensions.Logging;

namespace McpScript.Core.Tests;

/// <summary>A logger of one class that keeps its lines.</summary>
sealed class LogLines<T> : LogLines, ILogger<T>;
