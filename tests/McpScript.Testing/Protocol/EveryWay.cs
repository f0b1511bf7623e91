using Xunit;

namespace McpScript.Testing.Protocol;

/// <summary>Both transports, with and without sessions, as theory data.</summary>
public sealed class EveryWay() : TheoryData<Way>(Enum.GetValues<Way>());
