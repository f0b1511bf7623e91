using McpScript.Testing.Processes;

namespace McpScript.Testing.Protocol;

/// <summary>What the ways are made of.</summary>
public static class Ways
{
    /// <summary>The protocol revision that a client insists on.</summary>
    public static string Revision(this Way way) => way is Way.PipesInSession or Way.HttpInSession ? Era.Sessions : Era.Stateless;

    /// <summary>Whether there is no session.</summary>
    public static bool IsStateless(this Way way) => way is Way.PipesStateless or Way.HttpStateless;

    /// <summary>Whether it goes over HTTP.</summary>
    public static bool IsHttp(this Way way) => way is Way.HttpInSession or Way.HttpStateless;
}
