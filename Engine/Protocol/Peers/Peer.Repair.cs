namespace GossipSim.Engine.Protocol;

// Repair: links lost to crashes are replaced, from the dead peer's neighbors and what was heard of before, else from a
// seed node. Whoever has no older neighbor asks for the oldest members, for ever: that also rejoins two halves of the
// overlay after a partition.
public sealed partial class Peer
{
    /// <summary>
    /// Our choice: removed members remembered, so that nobody is reported or linked to again by old news.
    /// </summary>
    private const int RemovedLimit = 256;

    private sealed partial class WorkInHand
    {
        public LazyTable<NodeAddress, MembershipEntry> RemovedMembers;
        public Queue<NodeAddress>? RemovedByAge;

        public int RepairTurn { get; set; }

        /// <summary>Whether a CONNECT found nobody since the last repair.</summary>
        public bool HasFailedToConnect { get; set; }

        /// <summary>Repairs in a row of a peer without links in which nobody answered.</summary>
        public int FruitlessRepairs { get; set; }

        public Instant NextRepair { get; set; }
    }

    private void OnRepairTimer(in NodeContext context)
    {
        context.SetTimer(new ProtocolTimer(TimerKind.Repair), options.RepairInterval);
        if (phase < PeerPhase.Linking || IsBackingOff(context.Now)) return;
        OpenPlannedLinks(context);
        if (HasNoNeedOfLinks) return;
        SeekLinks(context);
        if (NeedsOlder(context.Self)) AskForMembers(PeerListPurpose.Oldest, context);
        else if (LinksAndAttempts < LinksKept(context.Self)) AskForMembers(PeerListPurpose.Repair, context);
    }

    /// <summary>
    /// A peer without links whose listed members are all dead asks them, and a seed node for others, less and less
    /// often; at least once in a refresh interval, so that it finds within one who can be reached again.
    /// </summary>
    private bool IsBackingOff(Instant now)
    {
        if (neighbors.Count > 0)
        {
            if (workInHand is not null) workInHand.FruitlessRepairs = 0;
            return false;
        }

        if (now < Work.NextRepair) return true;
        if (Work.HasFailedToConnect) Work.NextRepair = now + options.PatienceAfter(++Work.FruitlessRepairs);
        Work.HasFailedToConnect = false;
        return false;
    }

    private void AskForMembers(PeerListPurpose purpose, in NodeContext context) =>
        context.Send(SeedNodeFor(context.Self, Work.RepairTurn++), new GetPeerList(purpose));

    /// <summary>
    /// A seed node says that a member was removed: its link ends here, and its neighbors become candidates.
    /// </summary>
    private void ForgetRemoved(Removed removed, in NodeContext context)
    {
        var entry = removed.Entry;
        NoteRemoved(entry);
        Work.Candidates.Remove(entry.Address);
        if (neighbors.Find(entry.Address) is not { } neighbor || neighbor.Epoch > entry.Epoch) return;

        var orphans = ToldBy(neighbor);
        Drop(neighbor, context);
        // It may live after all, cut off from the seed nodes: then it learns of it here.
        context.Send(neighbor.Address, options.AreVotesSigned ? removed : new Removed(entry, null));
        context.Close(neighbor.Address);
        foreach (var address in orphans) AddOrphan(address, context);
        SeekLinks(context);
    }

    private void NoteRemoved(in MembershipEntry entry)
    {
        var byAge = Work.RemovedByAge ??= new Queue<NodeAddress>();
        if (!Work.RemovedMembers.ContainsKey(entry.Address)) byAge.Enqueue(entry.Address);
        Work.RemovedMembers[entry.Address] = entry;
        if (byAge.Count > RemovedLimit) Work.RemovedMembers.Remove(byAge.Dequeue());
    }

    /// <summary>
    /// Nothing but the address is known of a dead peer's neighbor: it counts as younger and of small degree.
    /// </summary>
    private void AddOrphan(NodeAddress address, in NodeContext context)
    {
        if (address == context.Self || IsKnownRemoved(address, epoch: 1)) return;
        AddCandidate(new PeerListEntry(address, Epoch: 0, JoinStamp: long.MaxValue, Degree: 1), context);
    }

    private bool IsKnownRemoved(NodeAddress address, int epoch) =>
        Work.RemovedMembers.TryGetValue(address, out var removed) && removed.Epoch >= epoch;
}
