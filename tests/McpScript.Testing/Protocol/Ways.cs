using McpScript.Testing.Processes;

namespace McpScript.Testing.Protocol;

/// <summary>Properties of a <see cref="Way"/>.</summary>
public static class Ways
{
    /// <summary>Returns the protocol revision that the client requires.</summary>
    public static string Revision(this Way way) => way is Way.PipesInSession or Way.HttpInSession ? Era.Sessions : Era.Stateless;

    /// <summary>Returns true if there is no session.</summary>
    public static bool IsStateless(this Way way) => way is Way.PipesStateless or Way.HttpStateless;

    /// <summary>Returns true for HTTP.</summary>
    public static bool IsHttp(this Way way) => way is Way.HttpInSession or Way.HttpStateless;
}
