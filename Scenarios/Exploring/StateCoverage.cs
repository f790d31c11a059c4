using System.Numerics;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// Which protocol states a run went through: the steps "this happened at a node after that", by role, and roughly how
/// often. Steps and the buckets of their counts are those of American Fuzzy Lop (Zalewski, "Technical whitepaper for
/// afl-fuzz", sections 1 and 2), with events in place of branches.
/// </summary>
internal sealed class StateCoverage(AddressPlan plan) : ITrace
{
    private const int Buckets = 8;

    private readonly Dictionary<uint, int> counts = [];
    private readonly ushort[] last = new ushort[plan.Count];

    /// <summary>Each step once, together with the bucket of its count.</summary>
    public IEnumerable<uint> Steps => counts.Select(step => (step.Key * Buckets) + BucketOf(step.Value));

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        // The flood touches everybody all the time: as a step between steps it would make everything look new.
        if (protocolEvent.Kind is EventKind.GossipPublished or EventKind.GossipDelivered or EventKind.GossipDuplicate)
            return;
        var place = plan.IndexOf(node);
        if (place < 0) return;
        var state = StateOf(protocolEvent);
        var step = ((uint)last[place] << 13) | ((uint)state << 1) | (plan.IsSeedNode(place) ? 1U : 0U);
        last[place] = state;
        counts[step] = counts.GetValueOrDefault(step) + 1;
    }

    /// <summary>What happened, and with what outcome: the kind in the upper bits, at most 32 outcomes below.</summary>
    private static ushort StateOf(in ProtocolEvent e)
    {
        var outcome = e.Detail switch
        {
            Ballot ballot => ((int)ballot.Reason << 1) | (ballot.Yes ? 1 : 0) | (ballot.Entry.IsAlive ? 16 : 0),
            Witness witness => (int)witness.Verdict,
            DeadNode report => (int)report.Flag,
            HeardReport heard => (int)heard.Report.Flag,
            RegisterNack nack => (int)nack.Reason,
            bool isLearning => isLearning ? 1 : 0,
            _ => 0,
        };
        return (ushort)(((int)e.Kind << 5) | (outcome & 31));
    }

    /// <summary>1, 2, 3, 4-7, 8-15, 16-31, 32-127, and more.</summary>
    private static uint BucketOf(int count) => count switch
    {
        <= 3 => (uint)count - 1,
        < 32 => (uint)BitOperations.Log2((uint)count) + 1,
        < 128 => 6,
        _ => 7,
    };
}
