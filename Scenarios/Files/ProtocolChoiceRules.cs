namespace GossipSim.Scenarios.Files;

/// <summary>
/// What a scenario with an own protocol cannot say: whatever is about the program's own seed nodes, peers and gossip.
/// </summary>
internal static class ProtocolChoiceRules
{
    /// <summary>Keys that such a file neither has nor is given.</summary>
    public static readonly IReadOnlyList<string> Meaningless =
    [
        "timing", "seedNodes", "gossip", "liveness", "overlay.repair", "overlay.maxDegree", "overlay.zipfExponent",
        "overlay.zipfRankBy", "overlay.rewiringProbability", "overlay.links", "overlay.file", "peers.registerWith",
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
                Refuse(written.Origin, path, $"{choice.Name} has nothing of that; leave it out");
        }

        CheckOverlay(scenario.Overlay, tree, Refuse);
        CheckFaults(SourcePath.Find(tree, "faults"), "faults", choice.Name, Refuse);
        return problems;

        void Refuse(Origin at, string path, string why) => problems.Add(new ScenarioProblem(at, path, why));
    }

    /// <summary>Nobody negotiates these links: see <see cref="Protocols.GeneratedOverlay"/>.</summary>
    private static void CheckOverlay(OverlaySettings overlay, SourceObject tree, Action<Origin, string, string> refuse)
    {
        const string Rule = "overlay.rule", Links = "overlay.linksPerJoin";
        if (overlay.Rule != OverlayRuleName.PreferentialAttachment)
        {
            refuse(
                SourcePath.OriginOf(tree, Rule), Rule,
                $"found {ScenarioJson.WordOf(overlay.Rule)}, but nodes of a protocol of your own are linked by"
                + " preferentialAttachment only");
        }

        if (overlay.LinksPerJoin.Range is not { } range || range.From != range.To)
        {
            refuse(
                SourcePath.OriginOf(tree, Links), Links,
                $"found {overlay.LinksPerJoin}, but with a protocol of your own allowed is a number");
        }
    }

    /// <summary>Words in faults of every kind, so that a new kind needs no line here.</summary>
    private static void CheckFaults(
        SourceNode? node, string path, string protocol, Action<Origin, string, string> refuse)
    {
        if (node is SourceArray list)
        {
            for (int index = 0; index < list.Items.Count; index++)
                CheckFaults(list.Items[index], $"{path}[{index}]", protocol, refuse);
        }

        if (node is not SourceObject written)
            return;
        foreach (SourceMember member in written.Members)
        {
            string at = $"{path}.{member.Key}";
            if (member is { Key: "role", Value: SourceScalar { Text: "seed" } role })
                refuse(role.Origin, at, $"{protocol} has no seed nodes");
            if (member is { Key: "type", Value: SourceScalar type } && OurFaults.Contains(type.Text))
                refuse(type.Origin, at, $"{type.Text} nodes are those of the program's own protocol");
            CheckFaults(member.Value, at, protocol, refuse);
        }
    }
}
