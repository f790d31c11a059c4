using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// The YES votes that bind this seed node: one per (address, epoch) for ever, kept until that epoch or a higher one is
/// committed. Epochs may also be closed: this node lost its disk, and what others tell of them might be its own vote.
/// </summary>
internal sealed class RegistrationVotes
{
    private readonly Dictionary<NodeAddress, MembershipEntry> votes = [];

    /// <summary>Votes at other epochs of an address that has one; nearly all addresses have one vote.</summary>
    private readonly Dictionary<NodeAddress, List<MembershipEntry>> further = [];
    private readonly Dictionary<NodeAddress, int> closedUpTo = [];

    public int Count => votes.Count + closedUpTo.Count;

    public bool TryGet(NodeAddress address, int epoch, out MembershipEntry vote)
    {
        if (!votes.TryGetValue(address, out vote)) return false;
        if (vote.Epoch == epoch) return true;
        foreach (var cast in FurtherAt(address))
        {
            if (cast.Epoch != epoch) continue;
            vote = cast;
            return true;
        }

        vote = default;
        return false;
    }

    /// <summary>
    /// Whether this seed node may not vote for the entry: its vote at that epoch is given, or might be.
    /// </summary>
    public bool Forbids(in MembershipEntry entry) =>
        TryGet(entry.Address, entry.Epoch, out var vote)
            ? vote.NodeId != entry.NodeId
            : closedUpTo.GetValueOrDefault(entry.Address) >= entry.Epoch;

    public bool IsCastForAnother(in MembershipEntry entry) =>
        TryGet(entry.Address, entry.Epoch, out var vote) && vote.NodeId != entry.NodeId;

    public bool IsCast(in MembershipEntry entry) =>
        TryGet(entry.Address, entry.Epoch, out var vote) && vote.NodeId == entry.NodeId;

    public void Add(in MembershipEntry entry)
    {
        if (TryGet(entry.Address, entry.Epoch, out _) || votes.TryAdd(entry.Address, entry)) return;
        if (!further.TryGetValue(entry.Address, out var list)) further.Add(entry.Address, list = []);
        list.Add(entry);
    }

    public void Close(NodeAddress address, int epoch) =>
        closedUpTo[address] = Math.Max(epoch, closedUpTo.GetValueOrDefault(address));

    /// <summary>The highest closed epoch of each address, by address.</summary>
    public List<(NodeAddress Address, int Epoch)> Closed()
    {
        var closed = new List<(NodeAddress Address, int Epoch)>(closedUpTo.Count);
        foreach (var (address, epoch) in closedUpTo) closed.Add((address, epoch));
        closed.Sort((left, right) => left.Address.CompareTo(right.Address));
        return closed;
    }

    /// <summary>The epoch committed: votes up to it have done their work.</summary>
    public void Forget(NodeAddress address, int epoch)
    {
        if (closedUpTo.TryGetValue(address, out var closed) && closed <= epoch) closedUpTo.Remove(address);
        if (further.Count > 0) ForgetFurther(address, epoch);
        if (!votes.TryGetValue(address, out var first) || first.Epoch > epoch) return;
        votes.Remove(address);
        if (!further.Remove(address, out var left)) return;
        votes.Add(address, left[0]);
        left.RemoveAt(0);
        if (left.Count > 0) further.Add(address, left);
    }

    private void ForgetFurther(NodeAddress address, int epoch)
    {
        if (!further.TryGetValue(address, out var list)) return;
        list.RemoveAll(vote => vote.Epoch <= epoch);
        if (list.Count == 0) further.Remove(address);
    }

    /// <summary>
    /// The epoch at which to propose a process: where it is voted for already, else above all other votes.
    /// </summary>
    public int NextEpoch(NodeAddress address, NodeId nodeId, int committed)
    {
        var (taken, cast) = (Math.Max(committed, closedUpTo.GetValueOrDefault(address)), 0);
        if (votes.TryGetValue(address, out var first)) Note(first);
        foreach (var vote in FurtherAt(address)) Note(vote);
        return cast > taken ? cast : taken + 1;

        void Note(in MembershipEntry vote)
        {
            if (vote.NodeId == nodeId) cast = Math.Max(cast, vote.Epoch);
            else taken = Math.Max(taken, vote.Epoch);
        }
    }

    /// <summary>All votes, by address, for a seed node that lost its disk.</summary>
    public List<MembershipEntry> All()
    {
        var all = new List<MembershipEntry>(votes.Values);
        foreach (var list in further.Values) all.AddRange(list);
        all.Sort((left, right) => left.Address != right.Address
            ? left.Address.CompareTo(right.Address)
            : left.Epoch.CompareTo(right.Epoch));
        return all;
    }

    private ReadOnlySpan<MembershipEntry> FurtherAt(NodeAddress address) =>
        further.TryGetValue(address, out var list) ? CollectionsMarshal.AsSpan(list) : [];
}
