using System.Threading.Channels;

namespace McpScript.Client.Terminal;

/// <summary>
/// Reads keys from the console on a background thread. Ctrl-C is read as a key, because the signal would also reach a server that runs as a child process.
/// </summary>
sealed class KeyReader
{
    readonly Channel<ConsoleKeyInfo> _pressed = Channel.CreateUnbounded<ConsoleKeyInfo>();
    readonly InterruptHandler _interrupts;
    volatile bool _wanted;

    /// <summary>Starts the reading thread.</summary>
    /// <param name="interrupts">Handles Ctrl-C while no caller waits in <see cref="NextAsync"/>.</param>
    public KeyReader(InterruptHandler interrupts)
    {
        _interrupts = interrupts;
        Console.TreatControlCAsInput = true;
        // Console.ReadKey cannot be cancelled; a background thread does not keep the process alive.
        new Thread(Read) { IsBackground = true, Name = "keys" }.Start();
    }

    /// <summary>Waits for the next key; null when the terminal is closed.</summary>
    public async Task<ConsoleKeyInfo?> NextAsync(CancellationToken cancellationToken)
    {
        _wanted = true;
        try
        {
            return await _pressed.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
        finally
        {
            _wanted = false;
        }
    }

    /// <summary>Returns true for Ctrl-C.</summary>
    public static bool IsInterrupt(ConsoleKeyInfo key) => key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control } || key.KeyChar == '\x03';

    void Read()
    {
        try
        {
            while (true)
                Take(Console.ReadKey(intercept: true));
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // The terminal is closed.
            _pressed.Writer.Complete();
        }
    }

    void Take(ConsoleKeyInfo key)
    {
        if (IsInterrupt(key) && !_wanted && _interrupts.Interrupt())
            return;
        _pressed.Writer.TryWrite(key);
    }
}
