namespace GossipSim.Scenarios.Results;

/// <summary>The scenario and its course as a paragraph.</summary>
internal static class RunInWords
{
    public static string Of(RunResult result)
    {
        var facts = result.Facts;
        var where = facts.RuntimeName == "tcp"
            ? "ran over real TCP connections on this machine"
            : "ran in the deterministic simulator, on a virtual clock";
        var record = result.Measurements.Record;
        var formation = record.HasStarted
            ? $" After {Numbers.Seconds(record.ScenarioStart.TotalSeconds)} all peers were registered and linked; "
                + $"from there the scenario took {Numbers.Seconds(record.SecondsAt(record.End))}."
            : $" The network did not finish forming within {Numbers.Seconds(record.End.TotalSeconds)}.";
        return $"{Numbers.Plural(facts.SeedNodes.Count, "seed node")} (a quorum is {facts.Quorum}) and "
            + $"{Numbers.Plural(facts.PeersWanted, "peer")} {where}. "
            + $"The random seed was {facts.RandomSeed}.{formation}";
    }
}
