namespace GossipSim.Scenarios.Results;

/// <summary>The scenario and its course as a paragraph.</summary>
internal static class RunInWords
{
    /// <summary>Which run a figure is of, in a line.</summary>
    public static string Source(RunResult result)
    {
        var facts = result.Facts;
        var where = facts.RuntimeName == "tcp" ? "real TCP" : "simulator";
        return $"{facts.Scenario}, {where}, random seed {facts.RandomSeed}: {facts.CastInWords}";
    }

    public static string Of(RunResult result)
    {
        var facts = result.Facts;
        var where = facts.RuntimeName == "tcp"
            ? "ran over real TCP connections on this machine, and their latency was "
                + (facts.EmulatesLatency ? "emulated by the scenario's model on top of its own" : "its own")
            : "ran in the deterministic simulator, on a virtual clock";
        var record = result.Measurements.Record;
        var formation = record.HasStarted
            ? $" After {Numbers.Seconds(record.ScenarioStart.TotalSeconds)} "
                + (facts.Protocol is null ? "all peers were registered and linked; " : "all of them ran; ")
                + $"from there the scenario took {Numbers.Seconds(record.SecondsAt(record.End))}."
            : $" The network did not finish forming within {Numbers.Seconds(record.End.TotalSeconds)}.";
        var who = facts.Protocol is not null
            ? facts.CastInWords
            : $"{Numbers.Plural(facts.SeedNodes.Count, "seed node")} (a quorum is {facts.Quorum}) and "
                + Numbers.Plural(facts.PeersWanted, "peer");
        return $"{who} {where}. "
            + $"The random seed was {facts.RandomSeed}.{formation}";
    }
}
