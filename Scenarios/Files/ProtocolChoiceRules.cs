namespace GossipSim.Scenarios.Files;

/// <summary>
/// What a scenario with an own protocol cannot say: whatever is about the program's own seed nodes, peers and gossip.
/// </summary>
internal static class ProtocolChoiceRules
{
    /// <summary>Keys that such a file neither has nor is given.</summary>
    public static readonly IReadOnlyList<string> Meaningless =
    [
        "timing", "seedNodes", "gossip", "liveness", "overlay.repair", "overlay.maxDegree", "peers.registerWith",
        "peers.registerTimeoutMs", "peers.refreshIntervalMs", "invariants.waived", "outputs.compareWithSimulation",
    ];

    /// <summary>Faults in which nodes of our protocol lie.</summary>
    private static readonly IReadOnlyList<string> OurFaults = ["byzantine", "sybil"];

    public static IReadOnlyList<ScenarioProblem> Check(Scenario scenario, SourceObject tree)
    {
        if (scenario.Protocol is not { } choice)
            return [];
        var problems = new List<ScenarioProblem>();
        foreach (string path in Meaningless)
        {
            if (SourcePath.Find(tree, path) is { } written)
                problems.Add(new ScenarioProblem(written.Origin, path, $"{choice.Name} has nothing of that; leave it out"));
        }

        CheckFaults(SourcePath.Find(tree, "faults"), "faults", choice.Name, problems);
        return problems;
    }

    /// <summary>Words in faults of every kind, so that a new kind needs no line here.</summary>
    private static void CheckFaults(SourceNode? node, string path, string protocol, List<ScenarioProblem> problems)
    {
        if (node is SourceArray list)
        {
            for (int index = 0; index < list.Items.Count; index++)
                CheckFaults(list.Items[index], $"{path}[{index}]", protocol, problems);
        }

        if (node is not SourceObject written)
            return;
        foreach (SourceMember member in written.Members)
        {
            string at = $"{path}.{member.Key}";
            if (member is { Key: "role", Value: SourceScalar { Text: "seed" } role })
                problems.Add(new ScenarioProblem(role.Origin, at, $"{protocol} has no seed nodes"));
            if (member is { Key: "type", Value: SourceScalar type } && OurFaults.Contains(type.Text))
                problems.Add(new ScenarioProblem(type.Origin, at, $"{type.Text} nodes are of the program's own protocol"));
            CheckFaults(member.Value, at, protocol, problems);
        }
    }
}
