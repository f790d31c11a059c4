using System.Globalization;
using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

// Gossip by flooding: what is heard for the first time is delivered and passed on to all neighbors but the sender;
// what is heard again is dropped in silence.
public sealed partial class Peer
{
    /// <summary>Our choice: several times what timestamp, address and number take.</summary>
    private const int LongestId = 200;

    private MessageList messages;

    private sealed partial class WorkInHand
    {
        public int Published { get; set; }

        public bool HasPublishedAll { get; set; }

        /// <summary>Only where ids are no names (SOURCES D1); null until one was heard.</summary>
        public HeardIds? HeardIds { get; set; }
    }

    /// <summary>
    /// One message each interval, up to the limit (assignment A6: one each 5 s, ten in all) or until told to stop.
    /// </summary>
    private void OnPublishTimer(in NodeContext context)
    {
        if (Work.HasPublishedAll || Work.Published >= options.MaxMessagesPerPeer) return;
        context.SetTimer(new ProtocolTimer(TimerKind.Publish), options.GossipInterval);
        if (phase == PeerPhase.Joined)
            Publish(PayloadOf(Work.Published + 1, context.Self, options.PayloadBytes), context);
    }

    /// <summary>The text of a message that nobody worded: only its length matters.</summary>
    /// <param name="bytes">Its length; it is all ASCII.</param>
    public static string PayloadOf(int number, NodeAddress origin, int bytes) =>
        $"message {Text(number)} of {origin} ".PadRight(bytes, '.')[..bytes];

    /// <summary>What people have it say counts as its message, and is not bound to the limit.</summary>
    private void OnPublish(Publish wish, in NodeContext context)
    {
        if (phase == PeerPhase.Joined) Publish(wish.Text, context);
    }

    private void Publish(string text, in NodeContext context)
    {
        var number = ++Work.Published;
        var gossip = new Gossip(IdOf(number, context), context.Self, epoch, number, text);
        messages.Receive(gossip);
        NoteId(gossip);
        context.Report(new ProtocolEvent(EventKind.GossipPublished, Number: number, Detail: gossip));
        context.SendToAll(neighbors.All(), gossip);
    }

    private string IdOf(int number, in NodeContext context) => options.MessageIdFormat switch
    {
        MessageIdFormat.WithPort => $"{Timestamp(context)}:{context.Self}:{Text(number)}",
        MessageIdFormat.WithoutPort => $"{Timestamp(context)}:{context.Self.HostText}:{Text(number)}",
        _ => throw new InvalidOperationException($"unknown format {options.MessageIdFormat}"),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void OnGossip(in Envelope envelope, int sender, Gossip gossip, in NodeContext context)
    {
        // Most of what a flood brings.
        if (sender >= 0 && messages.Holds(gossip)) ReportCopy(envelope, gossip, context);
        else OnOtherGossip(envelope, sender, gossip, context);
    }

    // Apart: what it needs on the stack would be cleared for every copy that comes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnOtherGossip(in Envelope envelope, int sender, Gossip gossip, in NodeContext context)
    {
        var receipt = sender < 0 ? Receipt.Stranger
            : !IsNumber(gossip.Number) || gossip.Id.Length > LongestId || IsInMyName(gossip, context.Self)
            ? Receipt.Forged
            : Receive(gossip);
        switch (receipt)
        {
            case Receipt.First:
                if (hasMissed) Work.Wanted?.Remove(gossip.Key);
                context.Report(new ProtocolEvent(EventKind.GossipDelivered, envelope.From, envelope.Hops, gossip));
                PassOn(envelope, sender, context);
                break;
            case Receipt.Again:
                ReportCopy(envelope, gossip, context);
                break;
            default:
                context.Report(new ProtocolEvent(
                    EventKind.GossipRefused, envelope.From, Detail: new GossipRefusal(gossip, receipt.ToString())));
                break;
        }
    }

    private static void ReportCopy(in Envelope envelope, Gossip gossip, in NodeContext context) =>
        context.Report(new ProtocolEvent(EventKind.GossipDuplicate, envelope.From, Detail: gossip));

    private Receipt Receive(Gossip gossip)
    {
        var receipt = messages.Receive(gossip);
        return receipt == Receipt.First && !NoteId(gossip) ? Receipt.SameId : receipt;
    }

    /// <summary>Whether no other message was heard under the id: the documents' lists know messages by it alone.
    /// </summary>
    private bool NoteId(Gossip gossip) => options.MessageIdFormat == MessageIdFormat.WithPort
        || (Work.HeardIds ??= new HeardIds()).Add(gossip.Id);

    /// <summary>Origins count from 1 up to their limit (assignment A6); anything else was made up.</summary>
    private bool IsNumber(int number) => number >= 1 && number <= options.MaxMessagesPerPeer;

    /// <summary>
    /// Whoever is named as the origin knows what it said in its present membership. Nobody else can tell: without
    /// signatures others take the forged message for the true one, and the true one for a forgery.
    /// </summary>
    private bool IsInMyName(Gossip gossip, NodeAddress self) =>
        gossip.Origin == self && epoch > 0 && gossip.Epoch >= epoch && gossip.Number > Work.Published;

    private void PassOn(in Envelope envelope, int sender, in NodeContext context) => context.ForwardToAll(
        envelope, neighbors.All(except: options.ForwardTo == ForwardTo.AllNeighbors ? Recipients.NoPlace : sender));
}
