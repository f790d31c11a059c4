using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Every partition of the run: who could not reach whom, and when.</summary>
internal sealed class PartitionHistory
{
    private readonly List<Partition> partitions = [];

    /// <summary>When the latest partition ended.</summary>
    public Instant? HealedAt { get; private set; }

    public void Apply(NetworkChange change, Instant now)
    {
        if (change.Change == "partition")
        {
            partitions.Add(new Partition(change, now));
            return;
        }

        if (change.Change != "heal") return;
        foreach (var partition in partitions)
        {
            var meant = change.FaultId.Length == 0 || partition.FaultId == change.FaultId;
            if (partition.EndedAt is not null || !meant) continue;
            partition.EndedAt = now;
            HealedAt = now;
        }
    }

    /// <summary>Whether the two could not exchange messages at some moment of the span.</summary>
    public bool Separated(NodeAddress one, NodeAddress other, Instant from, Instant to)
    {
        foreach (var partition in partitions)
        {
            var overlaps = partition.StartedAt <= to && (partition.EndedAt is not { } ended || ended > from);
            if (overlaps && partition.Separates(one, other)) return true;
        }

        return false;
    }

    private sealed class Partition
    {
        private readonly Dictionary<NodeAddress, int> groupOf = [];

        public Partition(NetworkChange change, Instant startedAt)
        {
            FaultId = change.FaultId;
            StartedAt = startedAt;
            for (var group = 0; group < change.Groups.Length; group++)
            {
                foreach (var address in change.Groups[group]) groupOf[address] = group;
            }
        }

        public string FaultId { get; }

        public Instant StartedAt { get; }

        public Instant? EndedAt { get; set; }

        // Who is in no group is cut off from nobody.
        public bool Separates(NodeAddress one, NodeAddress other) =>
            groupOf.TryGetValue(one, out var first) && groupOf.TryGetValue(other, out var second) && first != second;
    }
}
