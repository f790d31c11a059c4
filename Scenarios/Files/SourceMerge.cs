namespace GossipSim.Scenarios.Files;

/// <summary>Lays one layer of a scenario over another: objects merge key by key, everything else is replaced.</summary>
internal static class SourceMerge
{
    /// <summary>A latency of another distribution has other parameters: what the layer below says is dropped.</summary>
    private const string LatencyKindKey = "distribution";

    public static SourceObject Over(this SourceObject upper, SourceObject lower)
    {
        if (IsAnotherKind(upper, lower))
            return upper;

        SourceObject merged = lower with { Origin = upper.Origin };
        foreach (SourceMember member in upper.Members)
        {
            bool bothObjects = member.Value is SourceObject && lower.Find(member.Key)?.Value is SourceObject;
            merged = merged.With(bothObjects
                ? member with { Value = ((SourceObject)member.Value).Over((SourceObject)lower.Find(member.Key)!.Value) }
                : member);
        }

        return merged;
    }

    private static bool IsAnotherKind(SourceObject upper, SourceObject lower) =>
        upper.Find(LatencyKindKey)?.Value is SourceScalar ours
        && lower.Find(LatencyKindKey)?.Value is SourceScalar theirs
        && ours.Text != theirs.Text;
}
