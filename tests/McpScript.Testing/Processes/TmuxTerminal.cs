using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace McpScript.Testing.Processes;

/// <summary>A real terminal (tmux) in which a program runs; callers can wait for text on its screen.</summary>
public sealed partial class TmuxTerminal : IAsyncDisposable
{
    // A notification may arrive before the change can be read; the screen is then read again after this time.
    static readonly TimeSpan RereadInterval = TimeSpan.FromSeconds(1);

    readonly ProxySite _site;
    readonly string _server;
    readonly Process _control;
    readonly Task _reading;
    readonly Lock _lock = new();
    readonly Queue<TaskCompletionSource<string>> _questions = new();
    TaskCompletionSource _changed = NewSignal();

    TmuxTerminal(ProxySite site, string server)
    {
        (_site, _server) = (site, server);
        // tmux notifies a control client of all output of the program, so that no polling is needed.
        _control = Process.Start(Tmux(site, server, "-C", "attach"))!;
        var attached = Expect();
        _reading = Task.Run(ReadAsync);
        Attached = attached;
    }

    Task<string> Attached { get; }

    /// <summary>Reason why there is no terminal; null if there is one.</summary>
    public static string? Missing
    {
        get
        {
            try
            {
                using var tmux = Process.Start(new ProcessStartInfo("tmux", "-V") { RedirectStandardOutput = true })!;
                tmux.WaitForExit();
                return null;
            }
            catch (Win32Exception e)
            {
                return $"tmux is needed for a real terminal, and could not be started: {e.Message}";
            }
        }
    }

    /// <summary>Starts a program in a terminal of 100 columns and 50 rows.</summary>
    public static async Task<TmuxTerminal> StartAsync(ProxySite site, string program, params string[] arguments)
    {
        var server = $"mcpscript-{Guid.NewGuid():N}";
        // Shows the exit code and keeps the terminal open.
        string[] command = ["sh", "-c", "\"$@\"; echo \"[exit $?]\"; exec cat", "sh", program, .. arguments];
        var start = Tmux(site, server, ["-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "50", .. command]);
        using (var starting = Process.Start(start)!)
        {
            starting.StandardInput.Close();
            var errors = await starting.StandardError.ReadToEndAsync();
            await starting.WaitForExitAsync().WaitAsync(TestHost.Patience);
            if (starting.ExitCode != 0)
                throw new InvalidOperationException($"tmux ended with {starting.ExitCode}: {errors}");
        }
        var terminal = new TmuxTerminal(site, server);
        await terminal.Attached.WaitAsync(TestHost.Patience);
        return terminal;
    }

    /// <summary>Types text.</summary>
    public Task TypeAsync(string text) => SendAsync($"send-keys -H {string.Join(' ', Encoding.ASCII.GetBytes(text).Select(each => each.ToString("x2")))}");

    /// <summary>Presses keys, by their tmux names: Enter, Tab, Up, C-c.</summary>
    public Task PressAsync(params string[] keys) => SendAsync($"send-keys {string.Join(' ', keys)}");

    /// <summary>Types a line and enters it.</summary>
    public async Task EnterAsync(string line)
    {
        await TypeAsync(line);
        await PressAsync("Enter");
    }

    /// <summary>Returns the text of the screen, including lines that have scrolled off.</summary>
    public async Task<string> ScreenAsync()
    {
        var lines = (await SendAsync("capture-pane -p -S -")).Split('\n').Select(line => line.TrimEnd());
        return string.Join('\n', lines).TrimEnd('\n');
    }

    /// <summary>Waits until a text is on the screen.</summary>
    /// <returns>Text of the screen.</returns>
    public Task<string> WaitForAsync(string text) => WaitForAsync(screen => screen.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until a text is the last thing on the screen.</summary>
    public Task<string> WaitForEndAsync(string text) => WaitForAsync(screen => screen.EndsWith(text, StringComparison.Ordinal), text);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (var ending = Process.Start(Tmux(_site, _server, "kill-server"))!)
            await ending.WaitForExitAsync();
        await _control.WaitForExitAsync().WaitAsync(TestHost.Patience);
        await _reading;
        _control.Dispose();
    }

    async Task<string> WaitForAsync(Func<string, bool> isIt, string what)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            var screen = await ScreenAsync();
            if (isIt(screen))
                return screen;
            if (waited.Elapsed > TestHost.Patience)
                throw new TimeoutException($"Waited in vain for '{what}'. On the screen is:\n{screen}");
            await changed.WaitAsync(RereadInterval).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<string> SendAsync(string command)
    {
        Task<string> answer;
        lock (_lock)
        {
            answer = Expect();
            _control.StandardInput.Write(command + "\n");
            _control.StandardInput.Flush();
        }
        return await answer.WaitAsync(TestHost.Patience);
    }

    Task<string> Expect()
    {
        var question = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _questions.Enqueue(question);
        return question.Task;
    }

    // Each response is enclosed in %begin … %end, in the order of the commands; other lines that begin with % are notifications.
    async Task ReadAsync()
    {
        List<string>? answer = null;
        while (await _control.StandardOutput.ReadLineAsync() is { } line)
            if (answer is not null && EndOfAnswer().IsMatch(line))
            {
                Take(string.Join('\n', answer));
                answer = null;
            }
            else if (answer is not null)
                answer.Add(line);
            else if (line.StartsWith("%begin ", StringComparison.Ordinal))
                answer = [];
            else if (line.StartsWith("%output ", StringComparison.Ordinal))
                Signal();
    }

    void Take(string answer)
    {
        lock (_lock)
            if (_questions.TryDequeue(out var question))
                question.SetResult(answer);
    }

    void Signal()
    {
        lock (_lock)
        {
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    static ProcessStartInfo Tmux(ProxySite site, string server, params string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-u", "-L", server, .. arguments])
        {
            WorkingDirectory = site.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment.Clear();
        foreach (var (name, value) in site.Environment)
            start.Environment[name] = value;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("TMUX");
        start.Environment.Remove("NO_COLOR");
        return start;
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex("^%(end|error) [0-9]+ [0-9]+ [0-9]+$")]
    private static partial Regex EndOfAnswer();
}
