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
    private bool isRefused;

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

        wire.Mailbox.Post(new Work(WorkKind.Ended, this));
        if (IsFinishing) await sendEnded.Task;   // the sweep aborts it when the other end does not take the last bytes
        socket.Dispose();
        sendEnded.TrySetResult();
    }

    private async Task ReceiveAsync()
    {
        var reader = PipeReader.Create(
            new NetworkStream(socket, ownsSocket: false),
            new StreamPipeReaderOptions(bufferSize: wire.Limits.ReadBytes, minimumReadSize: wire.Limits.ReadBytes / 4));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync();
                var rest = result.Buffer;
                while (!isRefused && TryCutLine(ref rest, out var line)) Read(line);
                // Once refused it is read on to the end, or a reset would overtake the ERROR.
                if (isRefused) rest = rest.Slice(rest.End);
                else if (rest.Length >= WireLimits.LineBytes) Refuse(Refusal.LineTooLong);
                var started = rest.IsEmpty ? Never : wire.Now;
                if (rest.IsEmpty || rest.Length < result.Buffer.Length || partialSince == Never)
                    Volatile.Write(ref partialSince, started);
                reader.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted) return;
                if (wire.Mailbox.IsFull) await wire.Mailbox.RoomAsync();
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
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
        var decoded = MessageCodec.Decode(line);
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
        else
        {
            Hello = hello;
            wire.Mailbox.Post(new Work(WorkKind.HelloHeard, this));
        }
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
            if (isRefused) return;
            isRefused = true;
        }

        Volatile.Write(ref partialSince, Never);
        wire.Mailbox.Post(new Work(WorkKind.Refused, this, Reason: WireName.Of(reason.ToString())));
        FinishNow(reason);
    }
}
