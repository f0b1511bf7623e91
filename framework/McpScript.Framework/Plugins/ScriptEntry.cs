namespace McpScript.Plugins;

/// <summary>The way into a compiled script.</summary>
/// <param name="TypeName">Metadata name of the class that holds the script's top-level members.</param>
/// <param name="FactoryName">Name of its static method that takes the submission array and runs the body: <c>Task&lt;object&gt; Factory(object[])</c>.</param>
public sealed record ScriptEntry(string TypeName, string FactoryName);
