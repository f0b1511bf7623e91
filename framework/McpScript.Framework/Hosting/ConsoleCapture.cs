using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using McpScript.Loading;
using Microsoft.Extensions.Logging;

namespace McpScript.Hosting;

/// <summary>A console writer that converts printed text to log lines of the plugin that printed it, so that it never reaches the protocol's stream.</summary>
sealed partial class ConsoleCapture(ILoggerFactory loggers) : TextWriter
{
    const int LongestLine = 16 * 1024;

    readonly ConcurrentDictionary<string, StringBuilder> _lines = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Replaces Console.Out.</summary>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The console is what is replaced.")]
    public static void Install(ILoggerFactory loggers) => Console.SetOut(new ConsoleCapture(loggers));

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        var plugin = PluginExecutionContext.CurrentPlugin ?? "host";
        var line = _lines.GetOrAdd(plugin, _ => new StringBuilder());
        lock (line)
        {
            line.Append(value);
            while (IndexOfLineEnd(line) is { } end)
            {
                Printed(loggers.CreateLogger($"plugin.{plugin}"), line.ToString(0, end.At).TrimEnd('\r'));
                line.Remove(0, end.At + end.Length);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + "\n");

    /// <inheritdoc/>
    public override void WriteLine() => Write("\n");

    static (int At, int Length)? IndexOfLineEnd(StringBuilder line)
    {
        for (var i = 0; i < line.Length; i++)
            if (line[i] == '\n')
                return (i, 1);
        return line.Length >= LongestLine ? (LongestLine, 0) : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    static partial void Printed(ILogger logger, string line);
}
