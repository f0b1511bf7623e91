namespace McpScript.Loading.Answers;

/// <summary>Types of other JSON libraries, which System.Text.Json treats as ordinary collections.</summary>
static class ForeignJson
{
    /// <summary>True for <c>JToken</c> and its derived types.</summary>
    public static bool IsNewtonsoft(Type type)
    {
        for (var one = type; one is not null; one = one.BaseType)
            if (one is { Namespace: "Newtonsoft.Json.Linq", Name: "JToken" })
                return true;
        return false;
    }
}
