using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>What one value allows another to be. Every problem points at the value that is easiest to change.</summary>
internal sealed class ScenarioRules
{
    private readonly Scenario scenario;
    private readonly ProblemList problems;

    private ScenarioRules(Scenario scenario, SourceObject tree) =>
        (this.scenario, problems) = (scenario, new ProblemList(tree));

    public static IReadOnlyList<ScenarioProblem> Check(Scenario scenario, SourceObject tree)
    {
        var rules = new ScenarioRules(scenario, tree);
        rules.CheckPlaces();
        rules.CheckHosting();
        SecurityRules.Check(scenario, rules.problems);
        rules.CheckQuorum();
        rules.CheckRemovalEvidence();
        rules.CheckFormation();
        rules.CheckTimings();
        OverlayRules.Check(scenario, rules.problems);
        rules.CheckExpectations();
        rules.CheckWaivers();
        ChurnRules.Check(scenario, rules.problems);
        SweepRules.Check(scenario, rules.problems);
        return
        [
            .. ProtocolChoiceRules.Check(scenario, tree), .. rules.problems.Found,
            .. LatencyRules.Check(scenario, tree), .. FaultRules.Check(scenario, tree),
        ];
    }

    private void CheckPlaces()
    {
        SeedNodeSettings seeds = scenario.SeedNodes;
        PeerSettings peers = scenario.Peers;
        int seedEnd = seeds.BasePort + seeds.Count - 1;
        problems.Require(
            scenario.AllPeersAsked <= AddressPlan.MostPeers, "faults",
            $"found {scenario.AllPeersAsked} peers with those that come later,"
            + $" allowed are at most {AddressPlan.MostPeers}");
        long peerEnd = (long)peers.BasePort + PeersOnFirstAddress - 1;
        problems.Require(
            seedEnd <= NodePlaces.LargestPort, "seedNodes.basePort",
            $"found {seeds.BasePort}, but {seeds.Count} seed nodes then end at port {seedEnd}, beyond 65535");
        problems.Require(
            peerEnd <= NodePlaces.LargestPort, "peers.basePort",
            $"found {peers.BasePort}, but {PeersOnFirstAddress} peers then end at port {peerEnd}, beyond 65535");
        problems.Require(
            seeds.Count == 0 || seeds.Host != peers.Host || seedEnd < peers.BasePort || peerEnd < seeds.BasePort,
            "peers.basePort",
            $"found {peers.BasePort}, but ports {peers.BasePort} to {peerEnd} meet those of the seed nodes,"
            + $" {seeds.BasePort} to {seedEnd}");
    }

    private void CheckHosting()
    {
        if (scenario is not { Runtime: RuntimeKind.Tcp, Peers.Hosting: Hosting.ProcessPerNode }) return;
        problems.Require(
            scenario.Protocol is null, "peers.hosting",
            "found processPerNode, but a protocol of your own runs with \"inProcess\" only");
        problems.Require(
            !scenario.Outputs.RecordInputs, "outputs.recordInputs",
            "found true, but inputs are recorded with \"hosting\": \"inProcess\" only");
    }

    /// <summary>On TCP every peer has a real port on the one address; simulated ones go on at the next.</summary>
    private int PeersOnFirstAddress => scenario.Runtime == RuntimeKind.Tcp
        ? scenario.AllPeers
        : Math.Min(scenario.AllPeers, NodePlaces.PeersPerAddress);

    private void CheckRemovalEvidence()
    {
        SeedNodeSettings seeds = scenario.SeedNodes;
        problems.Require(
            seeds.RemovalEvidence == RemovalEvidence.DistinctReporters
                || seeds.DistinctReportersNeeded == new SeedNodeSettings().DistinctReportersNeeded,
            "seedNodes.distinctReportersNeeded",
            $"found {seeds.DistinctReportersNeeded}, which only counts with"
            + " \"removalEvidence\": \"distinctReporters\"");
    }

    private void CheckQuorum()
    {
        SeedNodeSettings seeds = scenario.SeedNodes;
        bool isByzantine = seeds.QuorumRule == QuorumRule.Byzantine;
        problems.Require(
            isByzantine || seeds.ByzantineFaults == 0, "seedNodes.byzantineFaults",
            $"found {seeds.ByzantineFaults}, which only counts with \"quorumRule\": \"byzantine\"");

        // A quorum floor((n+f)/2)+1 must be reachable when f of n are silent, and two must share an honest seed node.
        problems.Require(
            !isByzantine || seeds.Count > 3 * seeds.ByzantineFaults, "seedNodes.byzantineFaults",
            $"found {seeds.ByzantineFaults}, but {seeds.Count} seed nodes stand at most {(seeds.Count - 1) / 3}");
    }

    private void CheckFormation()
    {
        PeerSettings peers = scenario.Peers;
        double joiningSeconds = peers.JoinIntervalMs * (peers.Count - 1) / 1000;
        problems.Require(
            joiningSeconds <= scenario.Phases.FormationSeconds, "peers.joinIntervalMs",
            $"found {peers.JoinIntervalMs}, but then {peers.Count} peers take {joiningSeconds:0.#} s to start and"
            + $" phases.formationSeconds is {scenario.Phases.FormationSeconds}");
        problems.Require(
            scenario.Gossip.Publishers.Count <= peers.Count, "gossip.publishers.count",
            $"found {scenario.Gossip.Publishers.Count}, allowed is at most peers.count, {peers.Count}");
    }

    private void CheckTimings()
    {
        LivenessSettings liveness = scenario.Liveness;
        problems.Require(
            liveness.PingTimeoutMs <= liveness.PingIntervalMs, "liveness.pingTimeoutMs",
            $"found {liveness.PingTimeoutMs}, allowed is at most liveness.pingIntervalMs, {liveness.PingIntervalMs}");
        problems.Require(
            scenario.Peers.RegisterTimeoutMs > scenario.SeedNodes.VoteTimeoutMs, "peers.registerTimeoutMs",
            $"found {scenario.Peers.RegisterTimeoutMs}, allowed is more than one vote takes,"
            + $" seedNodes.voteTimeoutMs, {scenario.SeedNodes.VoteTimeoutMs}");
    }

    private void CheckExpectations()
    {
        IReadOnlyDictionary<string, KnownMetric> known = MetricPaths.Of(scenario);
        for (int index = 0; index < scenario.Expectations.Count; index++)
        {
            Expectation expectation = scenario.Expectations[index];
            string path = $"expectations[{index}]";
            if (MetricPaths.MayBeOwn(expectation.Metric, scenario))
                continue;
            if (!known.TryGetValue(expectation.Metric, out KnownMetric? figure))
            {
                string guess = Suggestion.DidYouMean(expectation.Metric, known.Keys);
                problems.Require(
                    false, path + ".metric",
                    $"found \"{expectation.Metric}\", which summary.json does not have{guess}");
                continue;
            }

            bool isTruth = figure.Type == typeof(bool), isText = figure.IsWord;
            string needed = isTruth ? "true or false" : isText ? "a text" : "a number";
            bool fits = isTruth ? expectation.Value.Truth is not null
                : isText ? expectation.Value.Text is not null
                : expectation.Value.Number is not null;
            problems.Require(fits, path + ".value", $"{expectation.Metric} is {needed}, found something else");
            problems.Require(
                !(isTruth || isText) || expectation.Op is Comparison.Equal or Comparison.NotEqual, path + ".op",
                $"{expectation.Metric} is {needed}, so only == and != are allowed");
        }
    }

    private void CheckWaivers()
    {
        foreach (string name in scenario.Invariants.Waived.Keys)
        {
            problems.Require(
                InvariantSettings.Names.Contains(name), "invariants.waived." + name,
                $"no such invariant{Suggestion.DidYouMean(name, InvariantSettings.Names)}");
        }
    }
}
