using System.Runtime.InteropServices;

namespace McpScript.Hosting;

/// <summary>A stream over a Unix file descriptor that uses the descriptor's own position, as shell redirections expect.</summary>
/// <remarks>
/// Not a FileStream, which keeps its own position in a regular file, so that a later writer to the same file would overwrite this output.
/// </remarks>
sealed partial class DescriptorStream(int descriptor, bool reads) : Stream
{
    const int Interrupted = 4;
    const short Input = 1;

    readonly byte[] _incoming = reads ? new byte[64 * 1024] : [];

    /// <inheritdoc/>
    public override bool CanRead => reads;

    /// <inheritdoc/>
    public override bool CanWrite => !reads;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
            while (true)
            {
                var count = read(descriptor, bytes, (nuint)buffer.Length);
                if (count >= 0)
                    return (int)count;
                if (Marshal.GetLastPInvokeError() != Interrupted)
                    throw new IOException($"Reading stdin failed: {Marshal.GetLastPInvokeErrorMessage()}");
            }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A busy client has already sent the next message, so there is no need to wait on another thread.
        if (IsReady())
            return Read(buffer.Span);
        // A read that waits for a silent client cannot be cancelled: if the process ends first, the read is abandoned, with a buffer of its own.
        var incoming = _incoming.AsMemory(0, Math.Min(buffer.Length, _incoming.Length));
        var count = await Task.Run(() => Read(incoming.Span), cancellationToken).WaitAsync(cancellationToken);
        incoming[..count].CopyTo(buffer);
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
            fixed (byte* bytes = buffer)
            {
                var count = write(descriptor, bytes, (nuint)buffer.Length);
                if (count >= 0)
                    buffer = buffer[(int)count..];
                else if (Marshal.GetLastPInvokeError() != Interrupted)
                    throw new IOException($"Writing stdout failed: {Marshal.GetLastPInvokeErrorMessage()}");
            }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    // Returns true at the end of the input too, which can also be read without waiting.
    unsafe bool IsReady()
    {
        var request = new PollDescriptor { Descriptor = descriptor, Events = Input };
        return poll(&request, 1, 0) > 0;
    }

    // poll(2)'s pollfd, the same on Linux and macOS.
    struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

#pragma warning disable IDE1006 // libc's names.
    [LibraryImport("libc")]
    private static unsafe partial int poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint write(int descriptor, byte* buffer, nuint count);
#pragma warning restore IDE1006
}
