using Xunit;

namespace McpScript.Testing.Protocol;

/// <summary>Both transports in both eras, as the data of a theory.</summary>
public sealed class EveryWay() : TheoryData<Way>(Enum.GetValues<Way>());
