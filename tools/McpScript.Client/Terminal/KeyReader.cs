using System.Threading.Channels;

namespace McpScript.Client.Terminal;

/// <summary>The keys that are pressed. Ctrl-C is one of them, not a signal: that would end a server that runs as a child of ours, too.</summary>
sealed class KeyReader
{
    readonly Channel<ConsoleKeyInfo> _pressed = Channel.CreateUnbounded<ConsoleKeyInfo>();
    readonly InterruptHandler _interrupts;
    volatile bool _wanted;

    /// <summary>Begins to read them.</summary>
    /// <param name="interrupts">What Ctrl-C does while nobody waits for a key.</param>
    public KeyReader(InterruptHandler interrupts)
    {
        _interrupts = interrupts;
        Console.TreatControlCAsInput = true;
        // Reading cannot be given up, so it has a thread that does not keep the program from ending.
        new Thread(Read) { IsBackground = true, Name = "keys" }.Start();
    }

    /// <summary>The next one; null when the terminal is gone.</summary>
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

    /// <summary>True for Ctrl-C.</summary>
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
            // The terminal is gone.
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
