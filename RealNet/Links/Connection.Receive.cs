using System.Buffers;
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
    private Inflow inflow;

    private async Task RunAsync()
    {
        try
        {
            socket.NoDelay = true;
            if (await HandshakeAsync())
            {
                if (tls is null) socket.Blocking = false;   // what is done at once must not wait
                Pump();
                await ReceiveAsync();
            }
        }
        catch (Exception error) when (IsEndOfConnection(error))
        {
            // A reset, here or there: the same to the node as an end.
            if (IsBadRecord(error)) Break(Refusal.BadRecord);
        }

        await ReachAsync(Way.From, Other);   // whoever is cut off from here cannot tell how he ended
        ArriveEnd();
        // The sweep aborts it when the other end does not take the last bytes.
        if (IsFinishing) await sendEnded.WaitAsync();
        socket.Dispose();
        tls?.Dispose();
        guard?.Dispose();
        sendEnded.Give();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            for (var (isOver, isHeld) = (false, false); !isOver || isHeld;)
            {
                if (!isHeld)
                {
                    await SomethingAsync();
                    var came = await TakeInAsync();
                    inflow.Came(came);
                    isOver = came == 0;
                    await ReachAsync(Way.From, Other);
                }

                ReadLines();
                // What a claim, or a registration, is followed by waits with it, unseen.
                isHeld = MustWait;
                if (claim is { } claimed)
                {
                    await ConfirmAsync(claimed);
                    claim = null;
                    continue;
                }

                await KeepPaceAsync();
            }
        }
        finally
        {
            inflow.Dispose();
        }
    }

    /// <summary>Done when there is something to take in, or the end: until then no memory waits for it.</summary>
    private ValueTask<int> SomethingAsync() => tls is null
        ? socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None)
        : tls.ReadAsync(Memory<byte>.Empty);

    /// <returns>How many bytes came in; none at the end of the stream.</returns>
    private ValueTask<int> TakeInAsync()
    {
        var room = inflow.RoomFor(wire.Limits.ReadBytes);
        if (tls is not null) return tls.ReadAsync(room);
        return socket.ReceiveAtOnce(room.Span) is { } bytes
            ? ValueTask.FromResult(bytes)
            : socket.ReceiveAsync(room, SocketFlags.None);
    }

    private void ReadLines()
    {
        var unread = inflow.Unread;
        var rest = unread;
        while (!isDeaf && !MustWait && TryCutLine(ref rest, out var line)) Read(line);
        if (isDeaf)
            Forget(ref rest);
        else if (IsOutOfPlace(rest))
            Refuse(Refusal.TlsUnexpected);
        else if (!MustWait && rest.Length >= (Hello is null ? WireLimits.HelloBytes : WireLimits.LineBytes))
            Refuse(Refusal.LineTooLong);
        NoteProgress(rest.Length, unread.Length);
        inflow.KeepLast(rest.Length);
    }

    private void Forget(ref ReadOnlySequence<byte> rest)
    {
        forgotten += rest.Length;
        wire.Traffic.ReceivedBeside(rest.Length);
        rest = rest.Slice(rest.End);
        if (forgotten > WireLimits.ForgottenBytes) Abort();
    }

    private void NoteProgress(long restLength, long bufferLength)
    {
        if (restLength == 0 || isDeaf || MustWait) Volatile.Write(ref partialSince, Never);
        else if (restLength < bufferLength || partialSince == Never) Volatile.Write(ref partialSince, wire.Now);
    }

    private bool TryCutLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        if (guard is null) return WireLine.TryCut(ref rest, out line);
        var before = rest.Length;
        var isCut = guard.TryCutLine(ref rest, out line, out var wrong);
        if (wrong != Refusal.None) Refuse(wrong);
        var beside = before - rest.Length - (isCut ? line.Length + 1 : 0);
        if (beside > 0) wire.Traffic.ReceivedBeside(beside);
        return isCut;
    }

    private void Read(in ReadOnlySequence<byte> line)
    {
        Volatile.Write(ref lastActivity, wire.Now);
        wire.Traffic.Received(line.Length + 1);
        Charge(line.Length);
        var decoded = MessageCodec.Decode(line, wire.Types);
        switch (decoded.Message)
        {
            case null:
                Refuse(decoded.Refusal);
                break;
            case Hello hello when Hello is null:
                Greet(hello, line);
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
            case { } message when SenderClaim.IsFalse(message, decoded.From, Hello.Address):
                Refuse(Refusal.WrongSender);
                break;
            case Register register:
                registration = register;
                break;
            case { } message:
                ArriveMessage(message, decoded.Hops);
                break;
        }
    }

    private static readonly string idleWord = WireName.Of(nameof(Refusal.Idle));

    private void Greet(Hello hello, in ReadOnlySequence<byte> line)
    {
        var claimed = hello.Address;
        if (Judge(hello, line) is var wrong && wrong != Refusal.None) Refuse(wrong);
        else if (hello.Cluster != wire.Cluster) Refuse(Refusal.WrongCluster);
        else if (claimed == wire.Self || !IsWhereItSays(claimed)) Refuse(Refusal.WrongAddress);
        else if (IsDialed || tls is not null)
            Acknowledge(hello);   // he who answers where this end dialed needs no other witness than his certificate
        else
            claim = hello;
    }

    /// <summary>
    /// Who was dialed is where this end dialed: a socket that has been reset meanwhile knows no other end any more.
    /// </summary>
    private bool IsWhereItSays(NodeAddress claimed) => IsDialed
        ? claimed == Target
        : Ip(claimed.Host).Equals((socket.RemoteEndPoint as IPEndPoint)?.Address);

    private void Acknowledge(Hello hello)
    {
        Hello = hello;
        wire.Traffic.Opened();
        if (IsDialed) Arrive(new Work(WorkKind.HelloHeard, this));
        else wire.Mailbox.Post(new Work(WorkKind.HelloHeard, this));   // it has come all the way already
    }

    // The other end sends nothing more and still reads: what was taken from the outbox leaves here, the rest elsewhere.
    private void FollowIdleClose()
    {
        Arrive(new Work(WorkKind.IdleHeard, this));
        FinishNow();
    }

    /// <summary>Answers with an ERROR line and ends the connection; what still comes is read and forgotten.</summary>
    public void Refuse(Refusal reason)
    {
        lock (gate)
        {
            if (isDeaf) return;
            isDeaf = true;
        }

        Volatile.Read(ref question)?.Dispose();

        Volatile.Write(ref partialSince, Never);
        Arrive(new Work(WorkKind.Refused, this, Reason: WireName.Of(reason.ToString())));
        FinishNow(reason);
    }
}
