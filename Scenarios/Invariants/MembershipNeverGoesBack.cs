using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// Within the life of a seed node's process each entry of its list only grows, so nobody removed comes back.
/// </summary>
internal sealed class MembershipNeverGoesBack() : Invariant("membershipNeverGoesBack")
{
    public override Assumption Assumes => Assumption.FewLyingSeedNodes;

    public override bool RemembersMembers => true;

    public override IReadOnlyList<EventKind> Hears =>
    [
        EventKind.ProcessStarted, EventKind.EntryCommitted, EventKind.EntryRecalled,
    ];

    private readonly Dictionary<NodeAddress, Dictionary<NodeAddress, MembershipEntry>> lists = [];

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        if (e.Kind == EventKind.ProcessStarted)
        {
            lists.Remove(node);
            return;
        }

        var entry = ((Ballot)e.Detail!).Entry;
        if (!lists.TryGetValue(node, out var list)) lists.Add(node, list = []);
        if (list.TryGetValue(entry.Address, out var known) && !entry.Supersedes(known))
            Violate($"{node} went from {known} to {entry}", now, node, entry.Address);
        list[entry.Address] = entry;
    }
}
