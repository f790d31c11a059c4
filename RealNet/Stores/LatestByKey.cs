using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Stores;

internal static class LatestByKey
{
    /// <summary>
    /// Forgets the records that a later one of the same key replaced, and votes about epochs below the one that was
    /// decided for their address: no vote is given there any more. The rest stays in the order of writing.
    /// </summary>
    public static List<StableRecord> Of(IReadOnlyList<StableRecord> records)
    {
        var decided = new Dictionary<NodeAddress, int>();
        foreach (var record in records)
            if (record is EntryRecord { Entry: var entry })
                decided[entry.Address] = Math.Max(entry.Epoch, decided.GetValueOrDefault(entry.Address));

        var seen = new HashSet<string>();
        var latest = new List<StableRecord>();
        for (var index = records.Count - 1; index >= 0; index--)
        {
            if (records[index] is VoteRecord { Entry: var voted }
                && voted.Epoch < decided.GetValueOrDefault(voted.Address))
                continue;
            if (seen.Add(records[index].Key)) latest.Add(records[index]);
        }

        latest.Reverse();
        return latest;
    }
}
