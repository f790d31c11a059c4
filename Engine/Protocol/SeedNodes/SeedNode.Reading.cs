namespace GossipSim.Engine.Protocol;

// Reading: what seed nodes tell peers about the membership. Any one of them may be asked, and may be behind.
public sealed partial class SeedNode
{
    /// <summary>Our choice: enough to find one that lives.</summary>
    private const int FewMembers = 8;

    private int[] named = [];
    private int[] draws = [];

    private void OnGetPeerList(NodeAddress from, GetPeerList request, in NodeContext context)
    {
        if (TellIfRemoved(from, context)) return;
        var isOldest = request.Purpose == PeerListPurpose.Oldest;
        var isFew = isOldest || request.Purpose == PeerListPurpose.Refresh;
        var places = PlacesFor(isFew ? FewMembers : options.PeerListLimit);
        var isWhole = !isFew && members.AliveCount <= options.PeerListLimit;
        var isDrawn = !isFew && !isWhole && options.SamplesByDegree;
        var named = isOldest || isWhole ? members.Oldest(places)
            : isFew || isDrawn ? degrees.Sample(places, draws, ref context.Random)
            : SampleAlike(places, ref context.Random);
        SendPeerList(from, request.Purpose, places[..named], isDrawn ? draws : [], context);
    }

    /// <summary>Distinct live members, all with the same chance; more of them live than are asked for.</summary>
    private int SampleAlike(Span<int> places, ref NodeRandom random)
    {
        var drawn = 0;
        for (var draw = 0; draw < 8 * places.Length && drawn < places.Length; draw++)
        {
            var place = random.Next(members.Count);
            if (members[place].IsAlive && !places[..drawn].Contains(place)) places[drawn++] = place;
        }

        if (drawn == places.Length) return drawn;

        // Most of the places are of removed members: go once through all (Knuth, TAOCP 2, 3.4.2, algorithm S).
        drawn = 0;
        var left = members.AliveCount;
        for (var place = 0; drawn < places.Length; place++)
        {
            if (!members[place].IsAlive) continue;
            if (random.Next(left--) < places.Length - drawn) places[drawn++] = place;
        }

        return drawn;
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
            context.Send(from, Ended(known, refresh.Epoch, refresh.NodeId));
            return;
        }

        var place = members.PlaceOf(from);
        NoteRefresh(place, context.Now);
        degrees.Replace(place, refresh.Neighbors);
        var few = PlacesFor(FewMembers);
        SendPeerList(from, PeerListPurpose.Refresh, few[..degrees.Sample(few, draws, ref context.Random)], [], context);
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
        context.Send(from, new Removed(known, ProofOf(from)));
        return true;
    }

    /// <summary>A membership that is over, by what is known of its address now.</summary>
    private Removed Ended(in MembershipEntry known, int epoch, NodeId nodeId)
    {
        var ended = new MembershipEntry(known.Address, epoch, MemberState.Removed, nodeId, JoinStamp: 0);
        var proof = ProofOf(known.Address);
        if (proof is not null && known.IsSameAs(ended)) return new Removed(known, proof);
        return proof is not null && known.Epoch > epoch
            ? new Removed(ended, proof, Successor: known)
            : new Removed(ended, null);
    }

    /// <summary>Room for a list to be named in an answer, and for how often each was drawn; the same for each.
    /// </summary>
    private Span<int> PlacesFor(int count)
    {
        if (named.Length < count) (named, draws) = (new int[count], new int[count]);
        return named.AsSpan(0, count);
    }

    /// <param name="drawn">How often each was drawn by its degree, where that is told instead of degrees.</param>
    private void SendPeerList(
        NodeAddress to, PeerListPurpose purpose, ReadOnlySpan<int> places, ReadOnlySpan<int> drawn,
        in NodeContext context)
    {
        const int bytes = MessagePages.PeerListEntryBytes;
        var pages = Math.Max(1, MessagePages.Count(places.Length, bytes));
        PeerListEntry? asker = members.IsAlive(to) ? Listed(members.PlaceOf(to)) : null;
        for (var page = 0; page < pages; page++)
        {
            var told = MessagePages.Of(places, page, bytes);
            var drawnHere = MessagePages.Of(drawn, page, bytes);
            var list = new PeerListEntry[told.Length];
            for (var index = 0; index < list.Length; index++)
            {
                list[index] = Listed(told[index]);
                if (!drawn.IsEmpty) list[index] = list[index] with { Degree = drawnHere[index] };
            }

            context.Send(to, new PeerList(purpose, page + 1, pages, members.AliveCount, list, asker));
        }
    }

    private PeerListEntry Listed(int place)
    {
        ref readonly var entry = ref members[place];
        return new PeerListEntry(entry.Address, entry.Epoch, entry.JoinStamp, degrees.Of(place));
    }
}
