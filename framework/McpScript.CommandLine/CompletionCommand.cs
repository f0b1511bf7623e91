using System.CommandLine;

namespace McpScript.CommandLine;

/// <summary><c>completion bash|zsh|fish|pwsh</c>: prints a shell's completion script, which runs the program to get the completions.</summary>
sealed class CompletionCommand : Command
{
    readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };

    /// <summary>Creates the command for a program.</summary>
    public CompletionCommand(string program) : base("completion", $"Print the completion script of a shell, such as: source <({program} completion bash)")
    {
        Arguments.Add(_shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh"));
        SetAction(parsed => Console.Out.Write(Text(parsed.GetValue(_shell)!, program)));
    }

    static string Text(string shell, string program) =>
        Script(shell).Replace("PROGRAM", program).Replace("FUNCTION", $"_{program.Replace('-', '_')}");

    // [suggest:N] is a directive of System.CommandLine: it prints the completions at character N of the line. Without any, the shell offers file names.
    static string Script(string shell) => shell switch
    {
        "bash" => """
            FUNCTION() {
              local IFS=$'\n'
              COMPREPLY=( $(compgen -W "$(PROGRAM "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F FUNCTION PROGRAM

            """,
        "zsh" => """
            #compdef PROGRAM
            FUNCTION() {
              local -a found
              found=("${(@f)$(PROGRAM "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              compadd -a found || _files
            }
            compdef FUNCTION PROGRAM

            """,
        "fish" => """
            complete -c PROGRAM -a '(PROGRAM "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'

            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName PROGRAM -ScriptBlock {
              param($word, $line, $position)
              PROGRAM "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
    };
}
