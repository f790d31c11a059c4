using System.Text.RegularExpressions;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>Fills in the defaults that depend on other values, so that a loaded scenario is complete.</summary>
internal static partial class DerivedDefaults
{
    private const double UsualJoinIntervalMs = 10;

    /// <summary>The assignment behind the documents: each peer connects to at most four others.</summary>
    private const int UniformLinks = 4;

    /// <summary>Watts and Strogatz: between 0.01 and 0.1 paths are short and neighbors still know each other.</summary>
    private const double UsualRewiring = 0.1;

    /// <summary>Our choice: the other half of the formation time is for the last peers to link.</summary>
    private const double ShareOfFormationForJoining = 0.5;

    public static Scenario Complete(Scenario scenario, SourceObject tree, string fileName) => scenario with
    {
        Schema = null,
        Extends = null,
        Name = IsWritten(tree, "name") ? scenario.Name : NameFrom(fileName),
        Peers = IsWritten(tree, "peers.joinIntervalMs")
            ? scenario.Peers
            : scenario.Peers with { JoinIntervalMs = JoinInterval(scenario) },
        Overlay = Complete(scenario.Overlay, tree),
        SeedNodes = scenario.Protocol is null ? scenario.SeedNodes : scenario.SeedNodes with { Count = 0 },
        Liveness = IsWritten(tree, "liveness.reportTo")
            ? scenario.Liveness
            : scenario.Liveness with { ReportTo = Reported(scenario) },
        Gossip = IsWritten(tree, "gossip.publishers.count")
            ? scenario.Gossip
            : scenario.Gossip with { Publishers = scenario.Gossip.Publishers with { Count = Publishers(scenario) } },
        Outputs = scenario.Outputs with
        {
            EventLog = IsWritten(tree, "outputs.eventLog") ? scenario.Outputs.EventLog : EventLog(scenario),
            TextLogs = IsWritten(tree, "outputs.textLogs") ? scenario.Outputs.TextLogs : TextLogs(scenario),
        },
        Invariants = IsWritten(tree, "invariants.mode")
            ? scenario.Invariants
            : scenario.Invariants with { Mode = Mode(scenario) },
        Groups = [.. scenario.Groups.Select(Complete)],
        Faults = [.. scenario.Faults.Select(Complete)],
    };

    /// <summary>Nodes of an own protocol begin by themselves.</summary>
    private static int Publishers(Scenario scenario) => scenario.Protocol is null ? scenario.Peers.Count : 0;

    private static bool IsWritten(SourceObject tree, string path) => SourcePath.Find(tree, path) is not null;

    private static string NameFrom(string fileName)
    {
        string plain = NotOfNames().Replace(Path.GetFileNameWithoutExtension(fileName), "-").TrimStart('-', '.', '_');
        return plain.Length == 0 ? "scenario" : plain[..Math.Min(plain.Length, 64)];
    }

    /// <summary>Whole microseconds, as the virtual clock counts.</summary>
    private static double JoinInterval(Scenario scenario)
    {
        double fitting = scenario.Phases.FormationSeconds * 1000 * ShareOfFormationForJoining / scenario.Peers.Count;
        return Math.Min(UsualJoinIntervalMs, Math.Floor(fitting * 1000) / 1000);
    }

    /// <summary>Reporters are counted by each seed node for itself, so each must hear them.</summary>
    private static ReportTo Reported(Scenario scenario) =>
        scenario.SeedNodes.RemovalEvidence == RemovalEvidence.DistinctReporters
            ? ReportTo.AllSeedNodes
            : ReportTo.TurnByTurn;

    private static LogKind EventLog(Scenario scenario) =>
        scenario.AllPeers > OutputSettings.MostPeersLoggedFully ? LogKind.Sampled : LogKind.Full;

    private static LogKind TextLogs(Scenario scenario) =>
        scenario.Runtime == RuntimeKind.Sim && scenario.AllPeers > OutputSettings.MostPeersInTextLogs
            ? LogKind.Sampled
            : LogKind.Full;

    private static InvariantMode Mode(Scenario scenario) =>
        scenario.AllPeers > InvariantSettings.MostPeersWatchedFully ? InvariantMode.Sampled : InvariantMode.All;

    private static OverlaySettings Complete(OverlaySettings overlay, SourceObject tree)
    {
        if (overlay.Rule == OverlayRuleName.Uniform && !IsWritten(tree, "overlay.linksPerJoin"))
            overlay = overlay with { LinksPerJoin = LinksPerJoin.Exactly(UniformLinks) };
        overlay = Complete(overlay);
        return IsWritten(tree, "overlay.repair.minDegree")
            ? overlay
            : overlay with { Repair = overlay.Repair with { MinDegree = MinDegree(overlay) } };
    }

    /// <summary>What a rule needs to know and a scenario need not say.</summary>
    public static OverlaySettings Complete(OverlaySettings overlay)
    {
        if (overlay.Rule == OverlayRuleName.ZipfRank)
        {
            overlay = overlay with
            {
                ZipfExponent = overlay.ZipfExponent ?? 1,
                ZipfRankBy = overlay.ZipfRankBy ?? RankOrder.Shuffled,
            };
        }

        if (overlay.Rule == OverlayRuleName.SmallWorld)
            overlay = overlay with { RewiringProbability = overlay.RewiringProbability ?? UsualRewiring };
        return overlay;
    }

    /// <summary>A peer that opens one link only, or is left with one by its rule, is not asked to keep two.</summary>
    private static int MinDegree(OverlaySettings overlay) => overlay.Rule == OverlayRuleName.TopHalf
        ? 1
        : Math.Min(overlay.Repair.MinDegree, overlay.LinksPerJoin.Range?.From ?? int.MaxValue);

    private static ScheduledFault Complete(ScheduledFault fault, int place)
    {
        ScheduledFault named = fault.Id.Length > 0 ? fault : fault with { Id = IdOf(fault, place) };
        return FaultSelectors.Replace(named, Complete);
    }

    private static NodeGroup Complete(NodeGroup group) => group with { Nodes = [.. group.Nodes.Select(Complete)] };

    private static string IdOf(ScheduledFault fault, int place) => $"{FaultWords.WordOf(fault)}-{place + 1}";

    private static NodeSelector Complete(NodeSelector selector) =>
        selector is { Pick: not null and not NodePick.Rest, Count: null, Fraction: null }
            ? selector with { Count = 1 }
            : selector;

    [GeneratedRegex("[^A-Za-z0-9._-]+")]
    private static partial Regex NotOfNames();
}
