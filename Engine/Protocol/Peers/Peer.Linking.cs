namespace GossipSim.Engine.Protocol;

// Linking: a two-way handshake, CONNECT and ACCEPT or REFUSE. A joining peer chooses among *older* members only, so
// each has a path of ever older neighbors down to the oldest: the overlay is connected by construction.
public sealed partial class Peer
{
    /// <summary>
    /// Our choice: twice the largest peer list, so that merging a majority's lists loses nobody of the first.
    /// </summary>
    private const int CandidateLimit = 400;

    private readonly CandidateView candidates = new(CandidateLimit);

    /// <summary>Unanswered CONNECTs, each with its number.</summary>
    private readonly Dictionary<NodeAddress, long> connecting = [];

    private long connectRound;

    private void Link(in NodeContext context)
    {
        phase = PeerPhase.Linking;
        SeekLinks(context);
    }

    /// <summary>
    /// Opens what links are missing: one to an older member first of all, then as many as wanted (m when joining, the
    /// minimum degree later). Without candidates the next repair asks a seed node.
    /// </summary>
    private void SeekLinks(in NodeContext context)
    {
        var chosen = new List<NodeAddress>();
        var wanted = phase == PeerPhase.Linking ? options.LinksPerJoin : options.MinDegree;
        while (NeedsOlder() || neighbors.Count + connecting.Count < wanted)
        {
            var mustBeOlder = phase == PeerPhase.Linking || NeedsOlder();
            var index = Choose(mustBeOlder, context);
            if (index < 0) break;
            var target = candidates[index].Address;
            connectingToOlder |= IsOlder(candidates[index].JoinStamp, target);
            candidates.Remove(target);
            connecting.Add(target, ++connectRound);
            chosen.Add(target);
        }

        if (chosen.Count > 0) Connect(chosen, context);
        else if (phase == PeerPhase.Linking && connecting.Count == 0) FinishJoining(context);
    }

    private bool connectingToOlder;

    private bool NeedsOlder() => !(connectingToOlder && connecting.Count > 0) && !HasOlderNeighbor();

    private int Choose(bool mustBeOlder, in NodeContext context) => PreferentialAttachment.Choose(
        candidates,
        candidate => neighbors.Find(candidate.Address) is null && !connecting.ContainsKey(candidate.Address)
            && (!mustBeOlder || IsOlder(candidate.JoinStamp, candidate.Address)),
        ref context.Random);

    private bool IsOlder(long stamp, NodeAddress address) =>
        MembershipEntry.IsOlder(stamp, address, joinStamp, start.Address);

    private bool HasOlderNeighbor()
    {
        for (var index = 0; index < neighbors.Count; index++)
            if (IsOlder(neighbors[index].JoinStamp, neighbors[index].Address)) return true;
        return false;
    }

    private void Connect(List<NodeAddress> targets, in NodeContext context)
    {
        context.Report(new ProtocolEvent(
            EventKind.NeighborsSelected, Number: targets.Count, Detail: targets.ToArray()));
        var connect = new Connect(start.NodeId, epoch, joinStamp);
        foreach (var target in targets)
        {
            context.Send(target, connect);
            context.SetTimer(
                new ProtocolTimer(TimerKind.ConnectTimeout, target, connecting[target]), options.AnswerTimeout);
        }
    }

    /// <summary>
    /// Whoever asks is accepted, unless this peer is full: then older members are named, and the oldest accepts.
    /// </summary>
    private void OnConnect(NodeAddress from, Connect connect, in NodeContext context)
    {
        if (epoch == 0)
        {
            context.Send(from, new Refuse([]));
        }
        else if (removedMembers.TryGetValue(from, out var removed) && removed.Epoch >= connect.Epoch)
        {
            context.Send(from, new Removed(removed, null));
        }
        else if (neighbors.Count >= options.MaxDegree && HasOlderNeighbor())
        {
            context.Send(from, new Refuse(OlderNeighbors()));
        }
        else
        {
            context.Send(from, new Accept(start.NodeId, epoch, joinStamp));
            // Both may have asked at once: then the lower address counts as the one that opened the link.
            var isOpenedHere = connecting.ContainsKey(from) && context.Self < from;
            Join(new Neighbor(from, connect.NodeId, connect.Epoch, connect.JoinStamp, isOpenedHere), context);
        }
    }

    private PeerListEntry[] OlderNeighbors()
    {
        var older = new List<PeerListEntry>();
        for (var index = 0; index < neighbors.Count; index++)
        {
            var neighbor = neighbors[index];
            if (IsOlder(neighbor.JoinStamp, neighbor.Address))
                older.Add(new PeerListEntry(neighbor.Address, neighbor.Epoch, neighbor.JoinStamp, Degree: 1));
        }

        return [.. older];
    }

    private void OnAccept(NodeAddress from, Accept accept, in NodeContext context)
    {
        connecting.Remove(from);
        if (epoch == 0 || IsKnownRemoved(from, accept.Epoch))
        {
            // The offer outlived its reason; the other end must not keep half a link.
            context.Send(from, new Disconnect());
            return;
        }

        Join(new Neighbor(from, accept.NodeId, accept.Epoch, accept.JoinStamp, isOpenedHere: true), context);
        ConsiderLinks(context);
    }

    private void OnRefuse(NodeAddress from, Refuse refuse, in NodeContext context)
    {
        if (!connecting.Remove(from)) return;
        foreach (var alternative in refuse.Alternatives)
            if (alternative.Address != context.Self) candidates.Add(alternative, ref context.Random);
        ConsiderLinks(context);
    }

    private void OnConnectTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (connecting.TryGetValue(timer.About, out var round) && round == timer.Round)
            GiveUpConnecting(timer.About, context);
    }

    private void GiveUpConnecting(NodeAddress target, in NodeContext context)
    {
        connecting.Remove(target);
        ConsiderLinks(context);
    }

    /// <summary>A CONNECT came to its end: another target if links are still missing.</summary>
    private void ConsiderLinks(in NodeContext context)
    {
        if (connecting.Count == 0) connectingToOlder = false;
        if (phase >= PeerPhase.Linking) SeekLinks(context);
    }

    /// <summary>Takes a neighbor in; an earlier process at its address, or an earlier link to it, gives way.</summary>
    private void Join(Neighbor neighbor, in NodeContext context)
    {
        if (neighbors.Find(neighbor.Address) is { } earlier)
        {
            if (earlier.NodeId == neighbor.NodeId && earlier.Epoch == neighbor.Epoch) return;
            Drop(earlier, context);
        }

        neighbor.LastHeard = context.Now;
        neighbor.LastPinged = context.Now;
        neighbors.Add(neighbor);
        context.Report(new ProtocolEvent(EventKind.NeighborAdded, neighbor.Address, neighbor.Epoch));
        OfferMessages(neighbor.Address, context);
    }

    private void FinishJoining(in NodeContext context)
    {
        phase = PeerPhase.Joined;
        context.Report(new ProtocolEvent(EventKind.Joined, Number: neighbors.Count));
        // To all of them: each keeps its own degree hints, and the next joiner may read from any.
        var refresh = OwnRefresh();
        foreach (var seedNode in options.SeedNodes) context.Send(seedNode, refresh);
    }

    private void OnDisconnect(NodeAddress from, in NodeContext context)
    {
        connecting.Remove(from);
        if (neighbors.Find(from) is { } neighbor) Drop(neighbor, context);
    }

    /// <summary>Ends a link by its own wish: the neighbor is told, so it need not suspect anything.</summary>
    private void Part(Neighbor neighbor, in NodeContext context)
    {
        Drop(neighbor, context);
        context.Send(neighbor.Address, new Disconnect());
        context.Close(neighbor.Address);
    }

    private void Drop(Neighbor neighbor, in NodeContext context)
    {
        neighbors.Remove(neighbor);
        context.Report(new ProtocolEvent(EventKind.NeighborRemoved, neighbor.Address, neighbor.Epoch));
    }
}
