using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// Draws what a scenario leaves open beside faults: how many nodes, their timings, the rules and the network. Most of
/// what it draws is what the scenario says already, so that a run differs from it in a few things. Where the scenario
/// names nodes by number, in faults of its own, it keeps all of them.
/// </summary>
internal static class Variation
{
    /// <summary>Our choice: even and odd numbers, with and without a seed node to spare.</summary>
    public const int MostSeedNodes = 5;

    /// <summary>Our choice: small networks show most faults of a protocol, and a thousand runs of them take a minute.
    /// </summary>
    public const int MostPeers = 40;

    /// <summary>Timings are drawn between the scenario's own divided and multiplied by this.</summary>
    public const double TimingFactor = 2;

    private const int FewestPeers = 2;

    private const ulong Stream = 0x6578706C6F726503UL;

    private static readonly OverlayRuleName[] rules =
        [.. Enum.GetValues<OverlayRuleName>().Where(rule => rule != OverlayRuleName.FromFile)];

    public static Scenario Draw(Scenario scenario, long randomSeed)
    {
        // A protocol of the user's own has its own rules, and no seed nodes.
        if (scenario.Protocol is not null) return scenario;
        var random = new NodeRandom(Mix64.Of((ulong)randomSeed, Stream));
        return Scaled(WithNetwork(WithRules(WithNodes(scenario, ref random), ref random), ref random), ref random);
    }

    private static bool Chance(ref NodeRandom random, int oneIn) => random.Next(oneIn) == 0;

    private static T One<T>(IReadOnlyList<T> of, ref NodeRandom random) => of[random.Next(of.Count)];

    private static bool NamesNodes(Scenario scenario) =>
        scenario.Faults.Count > 0 || scenario.Groups.Count > 0 || scenario.Churn is not null;

    private static Scenario WithNodes(Scenario scenario, ref NodeRandom random)
    {
        var seedNodes = 1 + random.Next(MostSeedNodes);
        var peers = FewestPeers + random.Next(MostPeers - FewestPeers + 1);
        if (scenario.SeedNodes.QuorumRule == QuorumRule.Byzantine || Chance(ref random, 2))
            seedNodes = scenario.SeedNodes.Count;
        if (NamesNodes(scenario))
            (seedNodes, peers) = (Math.Max(seedNodes, scenario.SeedNodes.Count), scenario.Peers.Count);
        else if (scenario.Peers.Count <= MostPeers && Chance(ref random, 2)) peers = scenario.Peers.Count;
        return scenario with
        {
            SeedNodes = scenario.SeedNodes with { Count = seedNodes },
            Peers = scenario.Peers with { Count = peers },
            Gossip = scenario.Gossip with
            {
                Publishers = scenario.Gossip.Publishers with
                {
                    Count = Math.Min(scenario.Gossip.Publishers.Count, peers),
                },
            },
        };
    }

    private static Scenario WithRules(Scenario scenario, ref NodeRandom random)
    {
        var isPlanned = scenario.Overlay.Rule == OverlayRuleName.FromFile;
        return scenario with
        {
            Peers = scenario.Peers with
            {
                RegisterWith = Chance(ref random, 2)
                    ? One(Enum.GetValues<RegisterWith>(), ref random)
                    : scenario.Peers.RegisterWith,
            },
            Overlay = Chance(ref random, 2) && !isPlanned
                ? RuledBy(scenario, One(rules, ref random), 1 + random.Next(3))
                : scenario.Overlay,
            Liveness = scenario.Liveness with
            {
                OnConnectionReset = Chance(ref random, 3)
                    ? ResetReaction.Nothing
                    : scenario.Liveness.OnConnectionReset,
            },
        };
    }

    /// <summary>As loading fills in what a rule leaves open.</summary>
    private static OverlaySettings RuledBy(Scenario scenario, OverlayRuleName rule, int links)
    {
        var possible = Math.Max(1, Math.Min(links, (scenario.Peers.Count - 1) / 2));
        return DerivedDefaults.Complete(new OverlaySettings
        {
            Rule = rule,
            LinksPerJoin = LinksPerJoin.Exactly(possible),
            Repair = scenario.Overlay.Repair with
            {
                MinDegree = rule == OverlayRuleName.TopHalf ? 1 : Math.Min(2, possible),
            },
        });
    }

    private static Scenario WithNetwork(Scenario scenario, ref NodeRandom random)
    {
        LatencySettings? latency = random.Next(6) switch
        {
            0 => new UniformLatencySettings { FromMs = 2, ToMs = 80 },
            1 => new LogNormalLatencySettings { MedianMs = 40, Sigma = 0.4, JitterFraction = 0.2 },
            2 => new ConstantLatencySettings { ValueMs = 1 },
            _ => null,
        };
        return latency is null ? scenario : scenario with { Network = scenario.Network with { Latency = latency } };
    }

    /// <summary>Each group of timings by one factor, so that what has to fit within it still does.</summary>
    private static Scenario Scaled(Scenario scenario, ref NodeRandom random)
    {
        var (votes, syncs, refreshes, pings) =
            (Factor(ref random), Factor(ref random), Factor(ref random), Factor(ref random));
        var (seedNodes, peers, liveness) = (scenario.SeedNodes, scenario.Peers, scenario.Liveness);
        return scenario with
        {
            SeedNodes = seedNodes with
            {
                VoteTimeoutMs = Times(seedNodes.VoteTimeoutMs, votes),
                ProbeTimeoutMs = Times(seedNodes.ProbeTimeoutMs, votes),
                SyncIntervalMs = Times(seedNodes.SyncIntervalMs, syncs),
            },
            Peers = peers with
            {
                RegisterTimeoutMs = Times(peers.RegisterTimeoutMs, votes),
                RefreshIntervalMs = Times(peers.RefreshIntervalMs, refreshes),
            },
            Liveness = liveness with
            {
                PingIntervalMs = Times(liveness.PingIntervalMs, pings),
                PingTimeoutMs = Times(liveness.PingTimeoutMs, pings),
                Confirmation = liveness.Confirmation with
                {
                    TimeoutMs = Times(liveness.Confirmation.TimeoutMs, pings),
                },
            },
        };
    }

    /// <summary>One, most of the time.</summary>
    private static double Factor(ref NodeRandom random) =>
        Chance(ref random, 2) ? Math.Pow(TimingFactor, (2 * random.NextUnit()) - 1) : 1;

    private static int Times(int milliseconds, double factor) => (int)Math.Round(milliseconds * factor);
}
