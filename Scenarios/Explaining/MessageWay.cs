using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// Why a message has not come although, at the end of the run, links lead from somebody who has it to the peer. First
/// over passable links only: then it is on its way. Else the shortest way without a cut, and what stands in it.
/// </summary>
internal sealed class MessageWay(
    RunHistory history, MessageAnswer told, EndLinks overlay, MessageExplainer explainer)
{
    /// <summary>Texts that a peer keeps (our choice in MessageList): older ones cannot be had again.</summary>
    private const int TextLimit = 4_096;

    private const int WindowWidth = 64;

    private readonly NodeState node = told.Node;

    /// <summary>Longest time that honest peers may take over a free link.</summary>
    private readonly TimeSpan patience = 2 * history.Facts.DetectionBound;

    /// <summary>Null when no links lead there at all.</summary>
    public Explanation<ReachReason>? OverLinks()
    {
        var open = Search(hop => hop.IsPassable);
        if (open.Arrivals.Count > 0) return OnItsWay(open.Arrivals);
        // A cut that alone would keep it away is the reason, whatever else stands in the way.
        var uncut = Search(hop => hop.Obstacle != Obstacle.Cut);
        if (uncut.Arrivals.Count > 0) return Blocked(uncut, hop => !hop.IsPassable);
        var any = Search(_ => true);
        return any.Arrivals.Count == 0 ? null : Blocked(any, hop => hop.Obstacle == Obstacle.Cut);
    }

    /// <summary>The links that lead from holders into the part around the peer that lacks the message.</summary>
    /// <param name="Arrivals">Those from holders, the nearest to the peer first.</param>
    /// <param name="Next">For each node found: the hop that leads from it towards the peer.</param>
    private sealed record Found(List<Hop> Arrivals, Dictionary<int, Hop> Next);

    private Found Search(Func<Hop, bool> mayPass)
    {
        var found = new Found([], []);
        var seen = new HashSet<int> { node.Index };
        var queue = new Queue<int>([node.Index]);
        while (queue.TryDequeue(out var to))
        {
            foreach (var from in overlay.Of(to))
            {
                var isHolder = told.Holders.Has(from);
                if (!isHolder && seen.Contains(from)) continue;
                var hop = HopOf(from, to, isHolder);
                if (!mayPass(hop)) continue;
                if (isHolder)
                {
                    found.Arrivals.Add(hop);
                    continue;
                }

                seen.Add(from);
                found.Next.Add(from, hop);
                queue.Enqueue(from);
            }
        }

        return found;
    }

    private Hop HopOf(int from, int to, bool isHolder)
    {
        var (sender, receiver) = (history.Nodes[from], history.Nodes[to]);
        var (one, other) = (sender.Address, receiver.Address);
        var end = history.End;
        var free = FreeSince(from, to, isHolder);
        if (history.Faults.CutAt(end, one, other) is { } cut) return new Hop(from, to, Obstacle.Cut, free, cut);
        if (sender.IsPaused) return new Hop(from, to, Obstacle.Paused, free, Culprit: from);
        if (receiver.IsPaused) return new Hop(from, to, Obstacle.Paused, free, Culprit: to);
        // It does send what it says itself.
        if (told.Message.Key?.Origin != one
            && history.Faults.SilencingAt(end, one, history.LifeOf(from)) is { } mute)
            return new Hop(from, to, Obstacle.Byzantine, free, mute, from);
        if (to == node.Index && history.Faults.SilencingAt(end, other, history.LifeOf(to)) is { } deaf)
            return new Hop(from, to, Obstacle.Hidden, free, deaf, to);
        if (isHolder && HasForgotten(from)) return new Hop(from, to, Obstacle.Forgotten, free, Culprit: from);
        if (explainer.WhyUntaken(told.Message, receiver) is not null)
            return new Hop(from, to, Obstacle.Refused, free, Culprit: to);
        if (history.Faults.HamperingAt(end, one, other) is { } fault)
            return new Hop(from, to, Obstacle.Hampered, free, fault);
        if (history.OverflowOf(one, other) is not { } dropped || dropped.At < free)
            return new Hop(from, to, Obstacle.None, free);
        return new Hop(from, to, end - dropped.At > patience ? Obstacle.None : Obstacle.Overflowed, dropped.At);
    }

    private Instant FreeSince(int from, int to, bool isHolder)
    {
        var since = overlay.Since(from, to);
        if (isHolder) since = Later(since, told.Holders.Since(from));
        since = Later(since, history.Nodes[from].ResumedAt);
        since = Later(since, history.Nodes[to].ResumedAt);
        var (one, other) = (history.Nodes[from].Address, history.Nodes[to].Address);
        since = Later(since, history.Faults.ClearSince(history.End, one, other));
        return Later(since, history.Faults.ClearSince(history.End, other, one));
    }

    private static Instant Later(Instant one, Instant other) => one > other ? one : other;

    /// <summary>Whether newer gossip has pushed its text out of a holder's memory.</summary>
    private bool HasForgotten(int holder)
    {
        var since = told.Holders.Since(holder);
        if (told.Message.Key is { } own)
        {
            for (var number = own.Number + WindowWidth; ; number++)
            {
                var later = history.Messages.Named(own with { Number = number });
                if (later.Count == 0) break;
                foreach (var message in later)
                    if (GotAfter(message, holder, since)) return true;
            }
        }

        // Where there are no more messages than a peer keeps texts, none was pushed out.
        if (history.Messages.All.Count <= TextLimit) return false;
        var newer = 0;
        foreach (var message in history.Messages.All)
            if (GotAfter(message, holder, since) && ++newer == TextLimit) return true;
        return false;
    }

    private bool GotAfter(LoggedMessage message, int holder, Instant since)
    {
        var isOwn = message.Key is { } key && key.Origin == history.Nodes[holder].Address;
        if (isOwn && message.PublishedAt > since) return true;
        foreach (var receipt in message.Receipts)
            if (receipt.Node == holder && receipt.At > since) return true;
        return false;
    }

    private Explanation<ReachReason> OnItsWay(List<Hop> arrivals)
    {
        var stale = arrivals.Find(hop => hop.Obstacle == Obstacle.None && history.End - hop.FreeSince > patience);
        var free = stale ?? arrivals.Find(hop => hop.Obstacle == Obstacle.None);
        var hop = free ?? arrivals[0];
        var (from, to) = (history.Nodes[hop.From].Address, history.Nodes[hop.To].Address);
        told.TellHolder(hop.From);
        told.Steps.Add(overlay.Since(hop.From, hop.To), $"the link between {from} and {to} stood");
        told.Steps.Add(history.End, $"the run ended");
        var left = (history.End - hop.FreeSince).TotalSeconds;
        if (stale is not null)
            return told.With(ReachReason.NotPassedOn, FormattableString.Invariant(
                $"{from} has it and for {left:0.000} s had a free link to {to}, which did not get it: gossip takes at ")
                + FormattableString.Invariant($"most {patience.TotalSeconds:0.###} s, so a node broke its promise."));
        if (free is not null)
            return told.With(ReachReason.RunEndedFirst, FormattableString.Invariant(
                $"It was on its way: {from} has it, its link to {to} was free for the last {left:0.000} s, and ")
                + "the run ended before the message had passed.");
        return HeldUp(hop);
    }

    private Explanation<ReachReason> HeldUp(Hop hop)
    {
        var (from, to) = (history.Nodes[hop.From].Address, history.Nodes[hop.To].Address);
        if (hop.Obstacle == Obstacle.Overflowed)
        {
            var dropped = history.OverflowOf(from, to)!.Value;
            told.Steps.Add(dropped.At, $"{from} dropped {dropped.Event.Number} messages to {to}", dropped.Seq);
            return told.With(
                ReachReason.DroppedFromFullOutbox,
                $"{from} has it, but its outbox to {to} was full: at {told.Time(dropped.At)} it had dropped "
                + FormattableString.Invariant($"{dropped.Event.Number} messages, ")
                + "and what was dropped had not been offered again when the run ended.");
        }

        var fault = hop.Fault!;
        told.Steps.Add(fault.Began, $"{fault.Strike.Word} {fault.Strike.FaultId} began; it lasts to the end");
        var name = $"the {fault.Strike.Word} {fault.Strike.FaultId}, since {told.Time(fault.Began)},";
        return told.With(ReachReason.HeldUpByFault, fault.Strike.Word switch
        {
            "clockSkew" => $"{from} has it, and {name} sets the clock of {from} or {to} wrong, by which they time the "
                + "digests that bring what flooding missed.",
            "slowNode" => $"{from} has it, and {name} makes {from} or {to} slow to handle what comes.",
            _ => $"{from} has it, and {name} slows or harms what passes between {from} and {to}.",
        });
    }

    /// <summary>From the nearest holder towards the peer, the first hop that is the obstacle.</summary>
    private Explanation<ReachReason> Blocked(Found found, Func<Hop, bool> isObstacle)
    {
        var hop = found.Arrivals[0];
        while (!isObstacle(hop)) hop = found.Next[hop.To];
        var (from, to) = (history.Nodes[hop.From].Address, history.Nodes[hop.To].Address);
        told.TellHolder(found.Arrivals[0].From);
        if (hop.Fault is { } fault)
            told.Steps.Add(fault.Began, $"{fault.Strike.Word} {fault.Strike.FaultId} began; it lasts to the end");
        var culprit = hop.Culprit is { } index ? history.Nodes[index].Address : default;
        return hop.Obstacle switch
        {
            Obstacle.Cut => told.With(
                ReachReason.CutOff,
                $"The {hop.Fault!.Strike.Word} {hop.Fault.Strike.FaultId}, since {told.Time(hop.Fault.Began)}, cuts "
                + $"the way between {from} and {to}."),
            Obstacle.Paused => told.With(
                ReachReason.StuckBehindPausedPeer, $"It would have to pass {culprit}, which is paused."),
            Obstacle.Byzantine => told.With(
                ReachReason.DroppedByByzantine,
                $"It would have to pass {culprit}, which keeps gossip for itself ({hop.Fault!.Strike.FaultId})."),
            Obstacle.Hidden => told.With(
                ReachReason.HidesWhatItLacks,
                $"{culprit} is byzantine ({hop.Fault!.Strike.FaultId}) and says that it lacks nothing, so that nobody "
                + "offers it again."),
            Obstacle.Forgotten => told.With(
                ReachReason.ForgottenByHolders,
                $"{culprit} had it and no longer keeps its text: newer gossip has taken its place."),
            Obstacle.Refused => told.With(
                ReachReason.RefusedOnTheWay, $"It would have to pass {culprit}, which does not take it."),
            _ => throw new InvalidOperationException($"{hop.Obstacle} blocks nothing"),
        };
    }
}
