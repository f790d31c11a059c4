namespace GossipSim.Engine.Protocol;

// Linking: a two-way handshake, CONNECT and ACCEPT or REFUSE. The rule chooses, and a joining peer lets it choose among
// *older* members only, so each has a path of ever older neighbors down to the oldest: the overlay is connected by
// construction.
public sealed partial class Peer
{
    /// <summary>
    /// With its links made a peer remembers only so many: the passive view of HyParView's paper (Leitao, Pereira,
    /// Rodrigues, DSN 2007: 30 for 10,000 nodes). Seed nodes know the others, and a million peers keep these for ever.
    /// </summary>
    private const int PassiveViewLimit = 30;

    private sealed partial class WorkInHand
    {
        /// <summary>Unanswered CONNECTs, each with its number.</summary>
        public LazyTable<NodeAddress, long> Connecting;

        public CandidateView Candidates { get; } = new();

        public long ConnectRound { get; set; }

        /// <summary>Links that the rule wants while joining.</summary>
        public int LinksWanted { get; set; }

        public bool IsConnectingToOlder { get; set; }

        /// <summary>Whether this membership ever had a link.</summary>
        public bool HasBeenLinked { get; set; }
    }

    private void Link(in NodeContext context)
    {
        phase = PeerPhase.Linking;
        Work.Reading.Clear();
        Work.PlannedAndGone = null;
        Work.LinksWanted = IsPlanned(context.Self)
            ? 0
            : options.OverlayRule.LinksWanted(options, Work.Candidates, ref context.Random);
        OpenPlannedLinks(context);
        SeekLinks(context);
    }

    /// <summary>
    /// Opens what links are missing: one to an older member first of all, then as many as wanted (by the rule when
    /// joining, the minimum degree later). Without candidates the next repair asks a seed node.
    /// </summary>
    private void SeekLinks(in NodeContext context)
    {
        if (HasNoNeedOfLinks) return;
        List<NodeAddress>? chosen = null;
        var needsOlder = NeedsOlder(context.Self);
        if (phase == PeerPhase.Linking)
        {
            var missing = Math.Min(Work.LinksWanted, options.MaxDegree) - LinksAndAttempts;
            Choose(Math.Max(needsOlder ? 1 : 0, missing), options.OverlayRule.IsAmongOlder, ref chosen, context);
        }
        else
        {
            // The oldest of all finds nobody older, and must not wait for others to link to it.
            if (needsOlder) Choose(1, mustBeOlder: true, ref chosen, context);
            Choose(LinksKept(context.Self) - LinksAndAttempts, mustBeOlder: false, ref chosen, context);
        }

        if (chosen is not null) Connect(chosen, context);
        else if (phase == PeerPhase.Linking && Work.Connecting.Count == 0) FinishJoining(context);
    }

    /// <summary>Lost links stay lost where nothing replaces them; who never had one is still on its way in.</summary>
    private bool HasNoNeedOfLinks =>
        !options.ReplacesLostLinks && phase == PeerPhase.Joined && workInHand is { HasBeenLinked: true };

    private int LinksAndAttempts => neighbors.Count + (workInHand?.Connecting.Count ?? 0);

    private bool IsConnectingTo(NodeAddress address) =>
        workInHand is not null && workInHand.Connecting.ContainsKey(address);

    private bool NeedsOlder(NodeAddress self) =>
        !(workInHand is { IsConnectingToOlder: true, Connecting.Count: > 0 }) && !HasOlderNeighbor(self)
        && (!IsPlanned(self) || HasLostPlannedLink(self));

    /// <summary>Whether the rule chose so many candidates, to whom CONNECT is sent at once.</summary>
    private bool Choose(int count, bool mustBeOlder, ref List<NodeAddress>? targets, in NodeContext context)
    {
        if (count <= 0) return true;
        var candidates = Work.Candidates;
        Span<int> eligible = candidates.Count <= CandidateView.UsualLimit
            ? stackalloc int[CandidateView.UsualLimit]
            : new int[candidates.Count];
        // Who is known to be full would refuse, all but the oldest: for whom no other way is left.
        var found = FindEligible(mustBeOlder, options.MaxDegree - 1, eligible, context.Self);
        if (found == 0 && NeedsOlder(context.Self))
            (count, found) = (1, FindEligible(mustBeOlder, int.MaxValue, eligible, context.Self));
        if (found == 0) return false;
        Span<int> chosen = found <= CandidateView.UsualLimit
            ? stackalloc int[CandidateView.UsualLimit]
            : new int[found];
        chosen = chosen[..Math.Min(count, found)];
        chosen = chosen[..options.OverlayRule.Choose(candidates, eligible[..found], chosen, ref context.Random)];
        targets ??= [];
        var first = targets.Count;
        foreach (var place in chosen)
        {
            var target = candidates.AddressAt(place);
            Work.IsConnectingToOlder |= IsOlder(candidates.JoinStampAt(place), target, context.Self);
            Work.Connecting.Add(target, ++Work.ConnectRound);
            targets.Add(target);
        }

        for (var index = first; index < targets.Count; index++) candidates.Remove(targets[index]);
        return chosen.Length == count;
    }

    /// <summary>Fills in the places of whom may be asked, and returns how many.</summary>
    private int FindEligible(bool mustBeOlder, int highestDegree, Span<int> eligible, NodeAddress self)
    {
        var candidates = Work.Candidates;
        var found = 0;
        for (var place = 0; place < candidates.Count; place++)
        {
            var address = candidates.AddressAt(place);
            if (candidates.DegreeAt(place) <= highestDegree
                && (!mustBeOlder || IsOlder(candidates.JoinStampAt(place), address, self))
                && !neighbors.Contains(address) && !Work.Connecting.ContainsKey(address))
                eligible[found++] = place;
        }

        return found;
    }

    private bool IsOlder(long stamp, NodeAddress address, NodeAddress self) =>
        MembershipEntry.IsOlder(stamp, address, Work.JoinStamp, self);

    private bool HasOlderNeighbor(NodeAddress self)
    {
        for (var place = 0; place < neighbors.Count; place++)
            if (IsOlder(neighbors[place].JoinStamp, neighbors.AddressAt(place), self)) return true;
        return false;
    }

    private void Connect(List<NodeAddress> targets, in NodeContext context)
    {
        context.Report(new ProtocolEvent(
            EventKind.NeighborsSelected, Number: targets.Count, Detail: targets.ToArray()));
        var connect = new Connect(NodeId, epoch, Work.JoinStamp);
        foreach (var target in targets)
        {
            context.Send(target, connect);
            context.SetTimer(
                new ProtocolTimer(TimerKind.ConnectTimeout, target, Work.Connecting[target]), options.AnswerTimeout);
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
        else if (Work.RemovedMembers.TryGetValue(from, out var removed) && removed.Epoch >= connect.Epoch)
        {
            context.Send(from, new Removed(removed, null));
        }
        else if (LinksAndAttempts >= options.MaxDegree && HasOlderNeighbor(context.Self))
        {
            context.Send(from, new Refuse(OlderNeighbors(context.Self)));
        }
        else
        {
            context.Send(from, new Accept(NodeId, epoch, Work.JoinStamp));
            // Both may have asked at once: then the lower address counts as the one that opened the link.
            var isOpenedHere = IsConnectingTo(from) && context.Self < from;
            Join(new Neighbor(from, connect.NodeId, connect.Epoch, connect.JoinStamp, isOpenedHere), context);
        }
    }

    /// <summary>
    /// Where two seed nodes stamped the registration, all lists merge to the greater stamp. The neighbors must know the
    /// same one, or two members could each take the other for the older one.
    /// </summary>
    private void NoteJoinStamp(long listed, in NodeContext context)
    {
        if (listed <= Work.JoinStamp) return;
        Work.JoinStamp = listed;
        context.SendToAll(neighbors.All(), new Connect(NodeId, epoch, listed));
    }

    private PeerListEntry[] OlderNeighbors(NodeAddress self)
    {
        var older = new List<PeerListEntry>();
        for (var index = 0; index < neighbors.Count; index++)
        {
            var neighbor = neighbors[index];
            if (IsOlder(neighbor.JoinStamp, neighbor.Address, self))
                older.Add(new PeerListEntry(neighbor.Address, neighbor.Epoch, neighbor.JoinStamp, Degree: 1));
        }

        return [.. older];
    }

    private void OnAccept(NodeAddress from, Accept accept, in NodeContext context)
    {
        Work.Connecting.Remove(from);
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
        if (!Work.Connecting.Remove(from)) return;
        WantOneLess();
        foreach (var alternative in refuse.Alternatives)
            if (alternative.Address != context.Self) AddCandidate(alternative, context);
        ConsiderLinks(context);
    }

    private void OnConnectTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (Work.Connecting.TryGetValue(timer.About, out var round) && round == timer.Round)
            GiveUpConnecting(timer.About, context);
    }

    private void GiveUpConnecting(NodeAddress target, in NodeContext context)
    {
        Work.Connecting.Remove(target);
        Work.HasFailedToConnect = true;
        WantOneLess();
        ConsiderLinks(context);
    }

    private void WantOneLess()
    {
        if (!options.OverlayRule.ReplacesRefusals) Work.LinksWanted--;
    }

    private void AddCandidate(in PeerListEntry entry, in NodeContext context) =>
        Work.Candidates.Add(entry, options.CandidateLimit, ref context.Random);

    private void ForgetCandidates(in NodeContext context)
    {
        if (phase == PeerPhase.Joined) Work.Candidates.ShrinkTo(PassiveViewLimit, ref context.Random);
    }

    /// <summary>A CONNECT came to its end: another target if links are still missing.</summary>
    private void ConsiderLinks(in NodeContext context)
    {
        if (Work.Connecting.Count == 0) Work.IsConnectingToOlder = false;
        if (phase >= PeerPhase.Linking) SeekLinks(context);
    }

    /// <summary>Takes a neighbor in; an earlier process at its address, or an earlier link to it, gives way.</summary>
    private void Join(Neighbor neighbor, in NodeContext context)
    {
        if (neighbors.Find(neighbor.Address) is { } earlier)
        {
            if (earlier.NodeId == neighbor.NodeId && earlier.Epoch == neighbor.Epoch)
            {
                earlier.JoinStamp = neighbor.JoinStamp;
                return;
            }

            Drop(earlier, context);
        }

        Work.HasBeenLinked = true;
        neighbors.Add(neighbor, new Vitals(heard: context.Now));
        context.Report(new ProtocolEvent(EventKind.NeighborAdded, neighbor.Address, neighbor.Epoch));
        OfferMessages(neighbor.Address, context);
    }

    private void FinishJoining(in NodeContext context)
    {
        phase = PeerPhase.Joined;
        ForgetCandidates(context);
        context.Report(new ProtocolEvent(EventKind.Joined, Number: neighbors.Count));
        // To all of them: each keeps its own degree hints, and the next joiner may read from any.
        var refresh = OwnRefresh();
        foreach (var seedNode in options.SeedNodes) context.Send(seedNode, refresh);
    }

    private void OnDisconnect(NodeAddress from, in NodeContext context)
    {
        workInHand?.Connecting.Remove(from);
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
        NotePlannedLoss(neighbor.Address, context.Self);
        context.Report(new ProtocolEvent(EventKind.NeighborRemoved, neighbor.Address, neighbor.Epoch));
    }
}
