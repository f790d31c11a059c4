using System.Net;
using System.Net.Sockets;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Wire;

namespace GossipSim.Tests.RealNet.Conversations;

/// <summary>
/// A node that speaks the protocol well enough to become a member, a neighbor and, at one address, a seed node, and
/// that answers every dial: at first as it should, later mostly so.
/// </summary>
internal sealed class HostileNode : IDisposable
{
    private const int LinesPerDial = 40;

    private readonly TcpListener listener;
    private readonly string cluster;
    private readonly NodeSecurity? security;
    private readonly Notary? notary;
    private readonly PlausibleMessages plausible;
    private readonly NodeId nodeId;
    private NodeRandom random;
    private volatile bool isLoose;
    private int epoch;

    public HostileNode(
        NodeAddress self, string cluster, NodeSecurity? security, SigningRules? signing, PlausibleMessages plausible)
    {
        (Self, this.cluster, this.security, this.plausible) = (self, cluster, security, plausible);
        notary = signing is null ? null : new Notary(signing, self);
        nodeId = new NodeId(Mix64.Of(self.Packed));
        random = new NodeRandom(self.Packed);
        listener = new TcpListener(IPAddress.Parse(self.HostText), self.Port);
        listener.Start();
        _ = AcceptAsync();
    }

    public NodeAddress Self { get; }

    /// <summary>Whether the seed nodes have made it a member at least once.</summary>
    public bool HasBeenMember => Volatile.Read(ref epoch) > 0;

    public void LetLoose() => isLoose = true;

    public Task<HostileChannel?> DialAsync(NodeAddress to) =>
        HostileChannel.DialAsync(to, IPAddress.Parse(Self.HostText), security);

    /// <summary>The HELLO of the node that it pretends to be.</summary>
    public byte[] Hello(NodeAddress claimed, NodeId? process = null, string? otherCluster = null)
    {
        var hello = MessageCodec.Encode(
            new Hello(otherCluster ?? cluster, claimed, process ?? nodeId, Volatile.Read(ref epoch)), hops: 1);
        return security is null ? hello : security.Introduce(hello);
    }

    /// <summary>The line of a message, signed where it should be; null when it fits no line.</summary>
    public byte[]? LineOf(Message message, bool isSigned = true)
    {
        var sealedMessage = isSigned && notary is not null ? notary.Seal(message) : message;
        return LineFit.WhyNot(sealedMessage) is null ? MessageCodec.Encode(sealedMessage, hops: 1) : null;
    }

    /// <summary>What it says to a message that it heard: what the protocol asks for, if anything.</summary>
    public Message? AnswerTo(NodeAddress from, Message message)
    {
        plausible.Note(from, message);
        switch (message)
        {
            case Ping:
                return new Pong(nodeId, epoch, 1, []);
            case Connect:
                return new Accept(nodeId, epoch, 1);
            case Propose propose:
                return new Vote(propose.Proposal, propose.Entry, Yes: true, RefusalReason.None, Known: null);
            case SyncDigest { Bucket: null }:
                return new SyncDelta(1, 1, [], []);
            case Status status:
                return new StatusReply(status.Claims);
            case Suspect suspect:
                return new Witness(suspect.Address, suspect.Epoch, suspect.Round, Verdict.Dead);
            case IHave { Origins: [var marks, ..] }:
                return new IWant([new GossipKey(marks.Origin, marks.Epoch, marks.High)]);
            case RegisterAck ack:
                Volatile.Write(ref epoch, ack.Epoch);
                return new Refresh(nodeId, ack.Epoch, 1, [from]);
            case Removed:
                return new Register(Self, nodeId);
            default:
                return null;
        }
    }

    public Register Registration => new(Self, nodeId);

    public Connect Connecting => new(nodeId, Math.Max(1, epoch), 1_000_000);

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private int Draw(int count)
    {
        lock (listener) return random.Next(count);
    }

    private async Task ServeAsync(TcpClient client)
    {
        var channel = await HostileChannel.AcceptAsync(client, security);
        if (channel is null) return;
        using (channel)
        {
            var from = NodeAddress.None;
            for (var lines = 0; lines < LinesPerDial && !channel.IsOver; lines++)
            {
                if (await channel.HearAsync(milliseconds: 1_500) is not { } message) break;
                if (isLoose && Draw(40) == 0) break;
                if (message is Challenge)
                {
                    await ConfirmAsync(channel);
                    break;
                }

                if (message is Hello hello) from = hello.Address;
                var answer = message is Hello ? Hello(Self) : AnswerTo(from, message) is { } said ? LineOf(said) : null;
                if (isLoose && Draw(8) == 0) answer = Improvised();
                if (answer is not null) await channel.SayAsync(answer);
            }

            if (isLoose && Draw(2) == 0) channel.Reset();
        }
    }

    private async Task ConfirmAsync(HostileChannel channel)
    {
        var choice = isLoose ? Draw(20) : 3;
        if (choice == 2) await Task.Delay(Draw(300));
        byte[] answer = choice switch
        {
            0 => MessageCodec.Encode(new Confirmation(Dialed: false), hops: 1),
            1 => "{\"type\":\"CONFIRMATION\"\n"u8.ToArray(),
            _ => MessageCodec.Encode(new Confirmation(Dialed: true), hops: 1),
        };
        await channel.SayAsync(answer);
        await Task.Delay(50);   // the other end hangs up
    }

    private byte[]? Improvised()
    {
        lock (listener) return LineOf(plausible.Next(ref random));
    }
}
