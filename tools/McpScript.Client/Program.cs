using System.CommandLine;
using System.CommandLine.Invocation;
using McpScript.Client.Commands;
using McpScript.Client.Errors;
using McpScript.Client.Output;
using McpScript.Client.Terminal;

var server = new ServerOptions();
var root = new RootCommand("Talks to MCP servers: at a prompt, by a script, or one request at a time.");
server.AddTo(root);
root.Subcommands.Add(new StdioCommand(server));
root.Subcommands.Add(new HttpCommand(server));
root.Subcommands.Add(new CallCommand(server));
root.Subcommands.Add(new ToolsCommand(server));
root.Subcommands.Add(new ReadCommand(server));
root.Subcommands.Add(new PromptCommand(server));

// What is sent to tools may begin with @: no response files.
var parsed = root.Parse(args, new() { ResponseFileTokenReplacer = null });
if (parsed.Action is ParseErrorAction)
{
    // Not the library's way, which prints all of the help to stdout and ends with 1.
    foreach (var error in parsed.Errors)
        await Console.Error.WriteLineAsync(error.Message);
    await Console.Error.WriteLineAsync("'mcp-client --help' lists the commands and options.");
    return ExitCodes.Usage;
}
try
{
    return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
}
catch (UserError complaint)
{
    UserErrorOutput.Show(new PlainScreen(), complaint);
    return complaint.ExitCode;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Cancelled.");
    return ExitCodes.Interrupted;
}
