using System.Buffers;
using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>
/// Whoever dials says who he is, and anybody can say anything. So the claim is confirmed where it points to: a node
/// listens there, and knows the connections that it dialed by the port that they come from, which the kernels of both
/// ends see alike and no third party can take. Before that, a connection has no part in any link: it can neither
/// speak for an address nor push the link to it aside. What remains is who can take over the address itself.
/// </summary>
internal sealed partial class Connection
{
    // A dialer that crashes takes its listener down first: its connections shall end before they are called false.
    private const int ConfirmAttempts = 3;

    // The longest answer, an ERROR line, is shorter.
    private const int AnswerBytes = 256;

    private Hello? claim;
    private Socket? question;

    /// <summary>Where a dialed connection comes from; 0 until it stands.</summary>
    public int LocalPort { get; private set; }

    private async Task ConfirmAsync(Hello claimed)
    {
        await ComeFromAsync(claimed.Address);
        await ReachAsync(Way.Both, claimed.Address);
        var port = ((IPEndPoint)socket.RemoteEndPoint!).Port;
        for (var attempt = 0; attempt < ConfirmAttempts; attempt++)
        {
            if (attempt > 0) await Task.Delay(wire.Limits.ConfirmPause);
            if (attempt > 0 && IsEnded()) return;
            if (await IsDialedThereAsync(claimed.Address, port))
            {
                Acknowledge(claimed);
                return;
            }

            if (isDeaf) return;
        }

        Refuse(Refusal.UnconfirmedAddress);
    }

    /// <summary>Whether the other end has closed, and nothing of what it sent is left to read.</summary>
    private bool IsEnded() => socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0;

    private async Task<bool> IsDialedThereAsync(NodeAddress claimed, int port)
    {
        // Who claims to be where nobody answers must not cost more descriptors than others.
        if (!wire.TryTakeDescriptor()) return false;
        try
        {
            return await AskThereAsync(claimed, port);
        }
        finally
        {
            wire.GiveBackDescriptor();
        }
    }

    private async Task<bool> AskThereAsync(NodeAddress claimed, int port)
    {
        using var asking = NewSocket();
        lock (gate)
        {
            if (isDeaf || aborted) return false;
            question = asking;
        }

        try
        {
            await ConnectAsync(asking, claimed);
            using var asked = wire.Security?.Guard(isDialer: true);
            wire.Traffic.Sent(1, await asking.SendAsync(Question(port, asked), SocketFlags.None));
            return await ReadAnswerAsync(asking, asked) is Confirmation { Dialed: true };
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return false;   // nobody there, or no time left for the answer
        }
        finally
        {
            lock (gate) question = null;
        }
    }

    private byte[] Question(int port, FrameGuard? asked)
    {
        var line = MessageCodec.Encode(new Challenge(wire.Self, port), hops: 1);
        byte[]? buffer = null;
        if (asked is null) return line;
        line = asked.Seal(line, ref buffer).ToArray();
        ArrayPool<byte>.Shared.Return(buffer!);
        return line;
    }

    private async Task<Message?> ReadAnswerAsync(Socket asking, FrameGuard? asked)
    {
        var answer = new byte[AnswerBytes];
        var length = 0;
        while (length < answer.Length)
        {
            var read = await asking.ReceiveAsync(answer.AsMemory(length), SocketFlags.None);
            if (read == 0) return null;
            length += read;
            var rest = new ReadOnlySequence<byte>(answer, 0, length);
            var wrong = Refusal.None;
            var isCut = asked is null
                ? WireLine.TryCut(ref rest, out var line)
                : asked.TryCutLine(ref rest, out line, out wrong);
            if (wrong != Refusal.None) return null;
            if (!isCut) continue;
            wire.Traffic.Received(length);
            return MessageCodec.Decode(line.FirstSpan).Message;
        }

        return null;
    }

    private void Answer(Challenge challenge)
    {
        lock (gate) isDeaf = true;
        Volatile.Write(ref partialSince, Never);
        var confirmation = new Confirmation(wire.HasDialed(challenge.Asker, challenge.Port));
        End(Finish.Now, MessageCodec.Encode(confirmation, hops: 1));
    }
}
