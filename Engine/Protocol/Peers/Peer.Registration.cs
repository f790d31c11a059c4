using System.Globalization;

namespace GossipSim.Engine.Protocol;

// Registration: ask one seed node, and the next when it does not answer, for ever. Then ask a majority who the members
// are: some seed node of any majority heard of every older member.
public sealed partial class Peer
{
    /// <summary>
    /// Our choice: requests lost with a link that the seed node closed to probe this peer are sent again, a few times.
    /// </summary>
    private const int ReadingRetries = 3;

    private sealed partial class WorkInHand
    {
        /// <summary>Seed nodes whose peer list is awaited, and how often each may be asked again.</summary>
        public LazyTable<NodeAddress, int> Reading;

        public int Attempt { get; set; }

        /// <summary>The epoch that others ended; an acknowledgement of it is old news.</summary>
        public int FormerEpoch { get; set; }

        public int ListsHeard { get; set; }

        /// <summary>Rounds in a row in which no list came.</summary>
        public int SilentReadings { get; set; }

        /// <summary>How many members there are, as the list heard last says.</summary>
        public int Members { get; set; }

        public long ReadingRound { get; set; }
    }

    private void Register(in NodeContext context)
    {
        phase = PeerPhase.Registering;
        var asked = new NodeAddress[options.SeedNodesToRegisterWith];
        for (var turn = 0; turn < asked.Length; turn++) asked[turn] = SeedNodeFor(context.Self, Work.Attempt + turn);
        Work.Attempt++;
        context.Report(new ProtocolEvent(
            EventKind.RegistrationAsked, asked[0], Work.Attempt, asked.Length > 1 ? asked : null));
        var register = new Register(context.Self, NodeId);
        foreach (var seedNode in asked) context.Send(seedNode, register);
        context.SetTimer(new ProtocolTimer(TimerKind.RegisterTimeout, Round: Work.Attempt), options.RegisterTimeout);
    }

    private void OnRegisterTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (phase == PeerPhase.Registering && timer.Round == Work.Attempt) Register(context);
    }

    /// <summary>Of several that were asked at once the first says when to ask again; one yes is enough.</summary>
    private void OnRegisterNack(NodeAddress from, RegisterNack nack, in NodeContext context)
    {
        if (phase != PeerPhase.Registering || from != SeedNodeFor(context.Self, Work.Attempt - 1)) return;
        context.Report(new ProtocolEvent(EventKind.RegistrationRefused, from, Detail: nack));
        var after = TimeSpan.FromMilliseconds(Math.Clamp(nack.RetryAfterMs, 1, 60_000));
        context.SetTimer(
            new ProtocolTimer(TimerKind.RegisterAgain, Round: Work.Attempt),
            after + context.Random.NextTimeSpan(after));
    }

    private void OnRegisterAgain(ProtocolTimer timer, in NodeContext context)
    {
        if (phase == PeerPhase.Registering && timer.Round == Work.Attempt) Register(context);
    }

    private void OnRegisterAck(NodeAddress from, RegisterAck ack, in NodeContext context)
    {
        if (phase != PeerPhase.Registering || ack.Address != context.Self) return;
        if (options.AreVotesSigned && ack.NodeId != NodeId) return;
        if (ack.Epoch <= Work.FormerEpoch)
        {
            GiveUp(ack.Epoch, context);
            return;
        }

        (epoch, Work.JoinStamp) = (ack.Epoch, ack.JoinStamp);
        neighbors.Answer = null;
        Work.SilentReadings = 0;
        context.Report(new ProtocolEvent(EventKind.Registered, from, epoch, ack));
        Read(context);
    }

    /// <summary>
    /// Ends a membership by this peer's own word. Also one that others ended before and that is listed again, because
    /// the only seed node that had committed the removal lost its disk: no later epoch would come otherwise.
    /// </summary>
    private void GiveUp(int ended, in NodeContext context)
    {
        var leave = new Leave(ended);
        foreach (var seedNode in options.SeedNodes) context.Send(seedNode, leave);
    }

    private void Read(in NodeContext context)
    {
        phase = PeerPhase.Reading;
        Work.ReadingRound++;
        Work.Reading.Clear();
        Work.ListsHeard = 0;
        // One more than a majority where there are more: a single dead seed node then costs no time.
        var asked = Math.Min(options.QuorumSize + 1, options.SeedNodes.Length);
        for (var turn = 0; turn < asked; turn++)
        {
            var seedNode = SeedNodeFor(context.Self, Work.Attempt - 1 + turn);
            Work.Reading.Add(seedNode, ReadingRetries);
            context.Send(seedNode, new GetPeerList(PeerListPurpose.Join));
        }

        context.SetTimer(
            new ProtocolTimer(TimerKind.PeerListTimeout, Round: Work.ReadingRound),
            options.PatienceAfter(Work.SilentReadings));
    }

    /// <summary>
    /// A majority was heard: link. Without one there may be older members that nobody told of, so ask again.
    /// </summary>
    private void OnPeerListTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (phase != PeerPhase.Reading || timer.Round != Work.ReadingRound) return;
        Work.Attempt++;
        if (Work.ListsHeard > 0)
        {
            Link(context);
            return;
        }

        Work.SilentReadings++;
        Read(context);
    }

    private void OnPeerList(NodeAddress from, PeerList list, in NodeContext context)
    {
        Work.Members = list.Total;
        if (list.Asker is { } own && own.Epoch == epoch && own.Address == context.Self)
            NoteJoinStamp(own.JoinStamp, context);
        foreach (var entry in list.Entries)
            if (entry.Address != context.Self && !IsKnownRemoved(entry.Address, entry.Epoch))
                AddListed(entry, list, ref context.Random);
        switch (list.Purpose)
        {
            case PeerListPurpose.Join when phase == PeerPhase.Reading: OnJoinList(from, list, context); break;
            case PeerListPurpose.Refresh: EndRefresh(); break;
            case PeerListPurpose.Oldest or PeerListPurpose.Repair when phase >= PeerPhase.Linking:
                SeekLinks(context);
                break;
        }

        ForgetCandidates(context);
    }

    /// <summary>
    /// Who was drawn by degree is not weighed by degree again, or all would link to one hub; but by how often it was
    /// drawn, or a sample in which a hub is but one of many would make no hubs.
    /// </summary>
    private void AddListed(in PeerListEntry entry, PeerList list, ref NodeRandom random)
    {
        if (!list.IsSample || !options.OverlayRule.DrawsByDegree)
            Work.Candidates.Add(entry, options.CandidateLimit, ref random);
        else if (list.Purpose is PeerListPurpose.Join or PeerListPurpose.Repair)
            Work.Candidates.AddDrawn(entry, options.CandidateLimit, ref random);
        else
            Work.Candidates.Add(entry with { Degree = 1 }, options.CandidateLimit, ref random);
    }

    private void OnJoinList(NodeAddress from, PeerList list, in NodeContext context)
    {
        if (list.Page < list.Pages || !Work.Reading.Remove(from)) return;
        context.Report(new ProtocolEvent(EventKind.PeerListReceived, from, list.Total));
        Work.ListsHeard++;
        if (Work.ListsHeard == options.QuorumSize) Link(context);
    }

    private void OnSeedLinkDown(NodeAddress seedNode, in NodeContext context)
    {
        if (phase != PeerPhase.Reading || !Work.Reading.TryGetValue(seedNode, out var retries) || retries == 0) return;
        Work.Reading[seedNode] = retries - 1;
        context.Send(seedNode, new GetPeerList(PeerListPurpose.Join));
    }

    /// <summary>
    /// "That membership is over." From a seed node it is so, and where votes are signed with its certificate; else it
    /// is a reason to ask a seed node.
    /// </summary>
    private void OnRemoved(NodeAddress from, Removed removed, in NodeContext context)
    {
        var entry = removed.Entry;
        if (entry.IsAlive) return;
        var isSo = options.AreVotesSigned ? removed.Certificate is not null : IsSeedNode(from);
        if (entry.Address != context.Self)
        {
            // Old proofs are proofs for ever: a stranger's word is heard about a neighbor only.
            if (isSo && (IsSeedNode(from) || neighbors.Contains(entry.Address))) ForgetRemoved(removed, context);
        }
        else if (epoch > 0 && entry.Epoch >= epoch)
        {
            if (isSo) Rejoin(context);
            else if (!Work.IsRefreshOpen) SendRefresh(context);
        }
    }

    /// <summary>Others ended this membership while the process lived: it comes back as a new member.</summary>
    private void Rejoin(in NodeContext context)
    {
        context.Report(new ProtocolEvent(EventKind.FoundItselfRemoved, Number: epoch));
        EndAllLinks(context);
        EndRefresh();
        Work.FormerEpoch = epoch;
        Work.HasBeenLinked = false;
        epoch = 0;
        neighbors.Answer = null;
        Register(context);
    }

    /// <summary>
    /// Going by its own wish: the seed nodes remove it on its own word, the neighbors need not suspect anything.
    /// </summary>
    private void LeaveNetwork(in NodeContext context)
    {
        if (epoch > 0) GiveUp(epoch, context);
        context.Report(new ProtocolEvent(EventKind.Left, Number: epoch));
        EndAllLinks(context);
        phase = PeerPhase.Left;
    }

    private void EndAllLinks(in NodeContext context)
    {
        while (neighbors.Count > 0) Part(neighbors[^1], context);
        Work.Connecting.Clear();
        Work.Candidates.Clear();
    }

    /// <summary>Seconds since 1970, as ids and reports show them.</summary>
    private string Timestamp(in NodeContext context)
    {
        var seconds = options.EpochUnixSeconds + context.Now.TotalSeconds;
        return options.Timestamps == Timestamps.Seconds
            ? Math.Floor(seconds).ToString("F0", CultureInfo.InvariantCulture)
            : seconds.ToString("F3", CultureInfo.InvariantCulture);
    }
}
