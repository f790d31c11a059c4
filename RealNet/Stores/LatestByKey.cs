using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Stores;

internal static class LatestByKey
{
    /// <summary>
    /// Forgets the records that a later one of the same key replaced; the rest stays in the order of writing.
    /// </summary>
    public static List<StableRecord> Of(IReadOnlyList<StableRecord> records)
    {
        var seen = new HashSet<string>();
        var latest = new List<StableRecord>();
        for (var index = records.Count - 1; index >= 0; index--)
            if (seen.Add(records[index].Key)) latest.Add(records[index]);
        latest.Reverse();
        return latest;
    }
}
