using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// One browser that follows a run. It has a queue with an end: whoever reads too slowly loses what waits, and is told
/// to begin again with a snapshot.
/// </summary>
internal sealed class Reader
{
    /// <summary>About three seconds of batches. Our choice.</summary>
    public const int MostWaiting = 60;

    /// <summary>How soon a browser that went away without a word is noticed.</summary>
    private static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(5);

    private readonly Channel<byte[]> waiting = Channel.CreateUnbounded<byte[]>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private int count;
    private bool isBehind;

    /// <summary>Never waits. Calls must not overlap.</summary>
    public void Hand(byte[] batch)
    {
        if (isBehind && Volatile.Read(ref count) > 0) return;
        isBehind = Volatile.Read(ref count) >= MostWaiting;
        Interlocked.Increment(ref count);
        waiting.Writer.TryWrite(isBehind ? FeedBatch.Again : batch);
    }

    public void End() => waiting.Writer.TryComplete();

    /// <summary>Sends what comes until the browser goes or the run's feed ends.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var (body, gone) = (context.Response.Body, context.RequestAborted);
        while (await IsOpenAsync(gone))
        {
            if (!waiting.Reader.TryRead(out var batch))
            {
                await body.WriteAsync(": still here\n\n"u8.ToArray(), gone);
            }
            else
            {
                Interlocked.Decrement(ref count);
                await body.WriteAsync(batch, gone);
            }

            if (!waiting.Reader.TryPeek(out _)) await body.FlushAsync(gone);
        }
    }

    /// <returns>False when nothing comes any more.</returns>
    private async Task<bool> IsOpenAsync(CancellationToken gone)
    {
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(gone);
        beat.CancelAfter(heartbeat);
        try
        {
            return await waiting.Reader.WaitToReadAsync(beat.Token);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return true;
        }
    }
}
