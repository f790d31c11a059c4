namespace GossipSim.Engine.Protocol;

// Reading: what seed nodes tell peers about the membership. Any one of them may be asked, and may be behind.
public sealed partial class SeedNode
{
    /// <summary>Our choice: enough to find one that lives.</summary>
    private const int FewMembers = 8;

    private void OnGetPeerList(NodeAddress from, GetPeerList request, in NodeContext context)
    {
        if (TellIfRemoved(from, context)) return;
        var addresses = request.Purpose switch
        {
            PeerListPurpose.Oldest => members.Oldest(FewMembers),
            PeerListPurpose.Refresh => Sample(FewMembers, context),
            _ => members.AliveCount <= options.PeerListLimit
                ? members.Oldest(options.PeerListLimit)
                : Sample(options.PeerListLimit, context),
        };
        SendPeerList(from, request.Purpose, addresses, context);
    }

    /// <summary>
    /// A sign of life, and what its sender knows of its own links. A membership that is over is told so.
    /// </summary>
    private void OnRefresh(NodeAddress from, Refresh refresh, in NodeContext context)
    {
        if (!members.TryGet(from, out var known) || known.Epoch < refresh.Epoch)
        {
            Reregister(from, refresh, context);
            return;
        }

        if (!known.IsAlive || known.Epoch > refresh.Epoch || known.NodeId != refresh.NodeId)
        {
            context.Send(from, RemovedAt(from, refresh.Epoch, refresh.NodeId));
            return;
        }

        var place = members.PlaceOf(from);
        NoteRefresh(place, context.Now);
        degrees.Replace(place, refresh.Neighbors);
        SendPeerList(from, PeerListPurpose.Refresh, Sample(FewMembers, context), context);
    }

    /// <summary>
    /// A membership that this list has not heard of: it was made without this seed node, or the disks that knew it are
    /// lost. It is voted on as if the peer asked to be registered; whoever knows it says so.
    /// </summary>
    private void Reregister(NodeAddress from, Refresh refresh, in NodeContext context)
    {
        if (!isLearning) ProposeRegistration(from, refresh.NodeId, tries: 0, context);
    }

    private bool TellIfRemoved(NodeAddress from, in NodeContext context)
    {
        if (!members.TryGet(from, out var known) || known.IsAlive) return false;
        context.Send(from, new Removed(known, null));
        return true;
    }

    private static Removed RemovedAt(NodeAddress address, int epoch, NodeId nodeId) =>
        new(new MembershipEntry(address, epoch, MemberState.Removed, nodeId, JoinStamp: 0), null);

    /// <summary>Distinct live members, drawn in proportion to their degree.</summary>
    private List<NodeAddress> Sample(int count, in NodeContext context)
    {
        var drawn = new List<NodeAddress>(count);
        var seen = new HashSet<int>();
        // Bounded: where few members hold most of the degree, a sample may come out smaller.
        for (var draw = 0; draw < 4 * count && drawn.Count < count; draw++)
        {
            var place = degrees.Draw(ref context.Random);
            if (place >= 0 && seen.Add(place)) drawn.Add(members[place].Entry.Address);
        }

        return drawn;
    }

    private void SendPeerList(
        NodeAddress to, PeerListPurpose purpose, List<NodeAddress> addresses, in NodeContext context)
    {
        var list = new List<PeerListEntry>(addresses.Count);
        foreach (var address in addresses)
        {
            var place = members.PlaceOf(address);
            var entry = members[place].Entry;
            list.Add(new PeerListEntry(address, entry.Epoch, entry.JoinStamp, degrees.Of(place)));
        }

        var pages = Math.Max(1, Pages(list.Count));
        for (var page = 0; page < pages; page++)
            context.Send(to, new PeerList(purpose, page + 1, pages, members.AliveCount, PageOf(list, page)));
    }
}
