using System.CommandLine;
using System.CommandLine.Invocation;
using McpScript.Client.Commands;
using McpScript.Client.Errors;
using McpScript.Client.Output;
using McpScript.Client.Terminal;
using McpScript.Protocol;

SdkContent.Repair();
var server = new ServerOptions();
var root = new RootCommand("Talks to MCP servers: at a prompt, by a script, or one request at a time.");
server.AddTo(root);
root.Subcommands.Add(new StdioCommand(server));
root.Subcommands.Add(new HttpCommand(server));
root.Subcommands.Add(new CallCommand(server));
root.Subcommands.Add(new ToolsCommand(server));
root.Subcommands.Add(new ReadCommand(server));
root.Subcommands.Add(new PromptCommand(server));

// Arguments of tools may begin with @, so response files are disabled.
var parsed = root.Parse(args, new() { ResponseFileTokenReplacer = null });
if (parsed.Action is ParseErrorAction)
{
    // By default the library prints the whole help to stdout and exits with 1.
    foreach (var problem in parsed.Errors)
        await Console.Error.WriteLineAsync(problem.Message);
    await Console.Error.WriteLineAsync("'mcp-client --help' lists the commands and options.");
    return ExitCodes.Usage;
}
try
{
    return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
}
catch (UserError error)
{
    UserErrorOutput.Show(new PlainScreen(), error);
    return error.ExitCode;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Cancelled.");
    return ExitCodes.Interrupted;
}
