using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>
/// The receiving half: cuts the stream into lines, whatever pieces it comes in, and reads them within limits.
/// </summary>
internal sealed partial class Connection
{
    // What still comes is read to the end and forgotten, or a reset would overtake the last line.
    private volatile bool isDeaf;
    private long forgotten;

    private async Task RunAsync()
    {
        try
        {
            socket.NoDelay = true;
            await ReceiveAsync();
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // A reset, here or there: the same to the node as an end.
        }

        await ReachAsync(Way.From, Other);   // whoever is cut off from here cannot tell how he ended
        wire.Mailbox.Post(new Work(WorkKind.Ended, this));
        if (IsFinishing) await sendEnded.Task;   // the sweep aborts it when the other end does not take the last bytes
        socket.Dispose();
        sendEnded.TrySetResult();
    }

    private async Task ReceiveAsync()
    {
        var reader = PipeReader.Create(
            new NetworkStream(socket, ownsSocket: false),
            // A connection that waits holds no buffer: most of thousands wait most of the time.
            new StreamPipeReaderOptions(
                bufferSize: wire.Limits.ReadBytes, minimumReadSize: wire.Limits.ReadBytes / 4,
                useZeroByteReads: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync();
                await ReachAsync(Way.From, Other);
                var rest = result.Buffer;
                while (!isDeaf && claim is null && TryCutLine(ref rest, out var line)) Read(line);
                if (isDeaf)
                    Forget(ref rest);
                else if (claim is null && rest.Length >= (Hello is null ? WireLimits.HelloBytes : WireLimits.LineBytes))
                    Refuse(Refusal.LineTooLong);
                NoteProgress(rest.Length, result.Buffer.Length);
                // What a claim is followed by waits with it, unseen.
                reader.AdvanceTo(rest.Start, claim is null ? rest.End : rest.Start);
                if (claim is { } claimed)
                {
                    await ConfirmAsync(claimed);
                    claim = null;
                    continue;
                }

                if (result.IsCompleted) return;
                if (wire.Mailbox.IsFull) await wire.Mailbox.RoomAsync();
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private void Forget(ref ReadOnlySequence<byte> rest)
    {
        forgotten += rest.Length;
        rest = rest.Slice(rest.End);
        if (forgotten > WireLimits.ForgottenBytes) Abort();
    }

    private void NoteProgress(long restLength, long bufferLength)
    {
        if (restLength == 0 || isDeaf || claim is not null) Volatile.Write(ref partialSince, Never);
        else if (restLength < bufferLength || partialSince == Never) Volatile.Write(ref partialSince, wire.Now);
    }

    private static bool TryCutLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (rest.PositionOf((byte)'\n') is not { } newline) return false;
        line = rest.Slice(0, newline);
        rest = rest.Slice(rest.GetPosition(1, newline));
        return true;
    }

    private void Read(in ReadOnlySequence<byte> line)
    {
        Volatile.Write(ref lastActivity, wire.Now);
        wire.Traffic.Received(line.Length + 1);
        var decoded = MessageCodec.Decode(line, wire.Types);
        switch (decoded.Message)
        {
            case null:
                Refuse(decoded.Refusal);
                break;
            case Hello hello when Hello is null:
                Greet(hello);
                break;
            case Hello _:
                Refuse(Refusal.SecondHello);
                break;
            case Challenge challenge when Hello is null && !IsDialed:
                Answer(challenge);
                break;
            case Challenge or Confirmation:
                Refuse(Refusal.HelloExpected);
                break;
            case Error error:
                if (error.Reason == idleWord) FollowIdleClose();
                break;   // whatever the reason, the end of the stream follows
            case { } when Hello is null:
                Refuse(Refusal.HelloExpected);
                break;
            case { } message:
                wire.Mailbox.Post(new Work(WorkKind.Received, this, message, decoded.Hops));
                break;
        }
    }

    private static readonly string idleWord = WireName.Of(nameof(Refusal.Idle));

    private void Greet(Hello hello)
    {
        var claimed = hello.Address;
        var remote = (socket.RemoteEndPoint as IPEndPoint)?.Address;
        if (hello.Cluster != wire.Cluster) Refuse(Refusal.WrongCluster);
        else if (claimed == wire.Self || (IsDialed && claimed != Target) || !Ip(claimed.Host).Equals(remote))
            Refuse(Refusal.WrongAddress);
        else if (IsDialed)
            Acknowledge(hello);   // he who answers where this end dialed needs no other witness
        else
            claim = hello;
    }

    private void Acknowledge(Hello hello)
    {
        Hello = hello;
        wire.Traffic.Opened();
        wire.Mailbox.Post(new Work(WorkKind.HelloHeard, this));
    }

    // The other end sends nothing more and still reads: what was taken from the outbox leaves here, the rest elsewhere.
    private void FollowIdleClose()
    {
        wire.Mailbox.Post(new Work(WorkKind.IdleHeard, this));
        FinishNow();
    }

    /// <summary>Answers with an ERROR line and ends the connection; what still comes is read and forgotten.</summary>
    private void Refuse(Refusal reason)
    {
        lock (gate)
        {
            if (isDeaf) return;
            isDeaf = true;
        }

        Volatile.Read(ref question)?.Dispose();

        Volatile.Write(ref partialSince, Never);
        wire.Mailbox.Post(new Work(WorkKind.Refused, this, Reason: WireName.Of(reason.ToString())));
        FinishNow(reason);
    }
}
